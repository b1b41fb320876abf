/**
 * The verification vendor of the demo, as a program of its own. The first start makes its secrets and writes the file that
 * the engine reads them from; what it can do stands in compliance/simulators/README.md.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { kycVendorFile, type KycVendorSettings } from "./compliance/kyc/vendor/read-kyc-vendor.ts";
import { startSimulatedSumsub } from "./compliance/simulators/simulated-sumsub.ts";
import { readComplianceSimulatorConfig } from "./config.ts";

const config = readComplianceSimulatorConfig();
const secret = (): string => randomBytes(24).toString("base64url");
const usual = { webhookDelayMs: 150, repeat: 0.05, reorder: 0.05, lostAnswer: 0.01 };

const vendorFile = config.KYC_VENDOR_FILE ?? join(config.PITBOSS_DATA_DIR, "kyc-vendor.json");
const vendor: Omit<KycVendorSettings, "url"> = existsSync(vendorFile)
  ? kycVendorFile.parse(JSON.parse(readFileSync(vendorFile, "utf8")))
  : {
      name: "Sumsub (simulated)",
      adapter: "sumsub",
      appToken: `sbx:${secret()}`,
      secretKey: secret(),
      webhookSecrets: [secret()],
      levels: { "1": "address-level", "2": "identity-level", "3": "source-of-funds-level" },
    };
const sumsub = await startSimulatedSumsub({
  port: config.COMPLIANCE_SIMULATOR_PORT,
  appToken: vendor.appToken,
  secretKey: vendor.secretKey,
  webhookSecret: vendor.webhookSecrets[0] ?? "",
  webhookUrl: `${config.ENGINE_URL}/v1/kyc/webhooks`,
  journal: join(config.PITBOSS_DATA_DIR, "simulators", "kyc-vendor.jsonl"),
  speed: config.COMPLIANCE_SPEED,
  faults: config.COMPLIANCE_FAULTS === "none" ? {} : usual,
});
writeSettings(vendorFile, { ...vendor, url: sumsub.url });
process.stdout.write(`${vendor.name} answers at ${sumsub.url}\n`);
process.send?.({ ready: true, url: sumsub.url });

/** The engine may read at any moment; it must never see half a file. */
function writeSettings(file: string, settings: KycVendorSettings): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.unfinished`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void sumsub.stop().finally(() => process.exit(0)));
}
