/**
 * The verification vendor of the demo, its registers of self-excluded people and its vendor of addresses, as a program. The first start
 * makes their secrets and writes the files that the engine reads them from; what they can do stands in compliance/simulators/README.md.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { kycVendorFile, type KycVendorSettings } from "./compliance/kyc/vendor/read-kyc-vendor.ts";
import { registersFile } from "./compliance/registers/read-registers.ts";
import { startSimulatedRegisters } from "./compliance/simulators/simulated-registers.ts";
import { startSimulatedMaxmind } from "./compliance/simulators/simulated-maxmind.ts";
import { startSimulatedSumsub } from "./compliance/simulators/simulated-sumsub.ts";
import { readComplianceSimulatorConfig } from "./config.ts";
import { geoVendorFile, type GeoVendorSettings } from "./risk/geo/vendor/read-geo-vendor.ts";

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
const registersPath = config.EXCLUSION_REGISTERS_FILE ?? join(config.PITBOSS_DATA_DIR, "exclusion-registers.json");
const keptRegisters = existsSync(registersPath)
  ? registersFile.parse(JSON.parse(readFileSync(registersPath, "utf8"))).registers
  : [];
const gamstopKept = keptRegisters.find((one) => one.adapter === "gamstop");
const oasisKept = keptRegisters.find((one) => one.adapter === "oasis");
const credentials = {
  apiKey: gamstopKept?.adapter === "gamstop" ? gamstopKept.apiKey : secret(),
  user: "pitboss",
  password: oasisKept?.adapter === "oasis" ? oasisKept.password : secret(),
};
const registers = await startSimulatedRegisters({
  port: 0,
  ...credentials,
  journal: join(config.PITBOSS_DATA_DIR, "simulators", "exclusion-registers.jsonl"),
});
const { apiKey, user, password } = credentials;
writeSettings(registersPath, {
  registers: [
    { code: "gamstop", name: "GAMSTOP (simulated)", adapter: "gamstop", url: registers.url, apiKey },
    { code: "oasis", name: "OASIS (simulated)", adapter: "oasis", url: registers.url, user, password },
  ],
} satisfies z.infer<typeof registersFile>);
const geoPath = config.GEO_VENDOR_FILE ?? join(config.PITBOSS_DATA_DIR, "geo-vendor.json");
const geoVendor: Omit<GeoVendorSettings, "url"> = existsSync(geoPath)
  ? geoVendorFile.parse(JSON.parse(readFileSync(geoPath, "utf8")))
  : { name: "MaxMind (simulated)", adapter: "maxmind", accountId: "42", licenseKey: secret(), timeoutMs: 800 };
const maxmind = await startSimulatedMaxmind({
  port: 0,
  accountId: geoVendor.accountId,
  licenseKey: geoVendor.licenseKey,
  journal: join(config.PITBOSS_DATA_DIR, "simulators", "geo-vendor.jsonl"),
  faults: config.COMPLIANCE_FAULTS === "none" ? {} : { lostAnswer: usual.lostAnswer },
});
writeSettings(geoPath, { ...geoVendor, url: maxmind.url } satisfies GeoVendorSettings);
process.stdout.write(`${geoVendor.name} answers at ${maxmind.url}\n`);
process.stdout.write(`The registers of self-excluded people answer at ${registers.url}\n`);
writeSettings(vendorFile, { ...vendor, url: sumsub.url } satisfies KycVendorSettings);
process.stdout.write(`${vendor.name} answers at ${sumsub.url}\n`);
process.send?.({ ready: true, url: sumsub.url });

/** The engine may read at any moment; it must never see half a file. */
function writeSettings(file: string, settings: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.unfinished`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(
    signal,
    () => void Promise.all([sumsub.stop(), registers.stop(), maxmind.stop()]).finally(() => process.exit(0)),
  );
}
