/** The simulated outside parties of compliance as a process beside a test's casino, well-behaved until the test says otherwise. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FaultSettings } from "../../cashier/simulators/faults.ts";
import type { Casino } from "../../testing/start-casino.ts";
import { registersFile } from "../registers/read-registers.ts";
import { kycVendorFile, type KycVendorSettings } from "../kyc/vendor/read-kyc-vendor.ts";
import { geoVendorFile } from "../../risk/geo/vendor/read-geo-vendor.ts";
import { digestOf } from "../kyc/vendor/sumsub/sumsub-signature.ts";

export interface RunningVendor {
  readonly settings: KycVendorSettings;
  /** Sets all faults anew; what is not named does not happen. */
  misbehave(faults: Partial<FaultSettings>): Promise<void>;
  /** Says to the vendor what a player, or its own people, did with an applicant: by its id there or here. */
  tell(applicant: string, what: object): Promise<void>;
  /** Says to the registers what somebody did there: excluded themselves, or no more. */
  tellRegister(person: object): Promise<void>;
  /** Says to the vendor of addresses what an address is: `VPN`, `PROXY`, `TOR`, `HOSTING` or `NO`. */
  tellAddress(ip: string, kind: string): Promise<void>;
  misbehaveAddresses(faults: Partial<FaultSettings>): Promise<void>;
  /** How often the vendor of addresses was asked. */
  addressesAsked(): Promise<number>;
  misbehaveRegisters(faults: Partial<FaultSettings>): Promise<void>;
  /** Sends what the vendor would have sent, or what somebody else makes of it. */
  sendWebhook(event: object, digest?: (body: Buffer, secret: string) => string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts it, and the engine anew so that it knows it. */
export async function runVendor(casino: Casino, env: NodeJS.ProcessEnv = {}): Promise<RunningVendor> {
  const script = fileURLToPath(new URL("../../simulate-compliance.ts", import.meta.url));
  const child = fork(script, {
    env: {
      ENGINE_URL: casino.url(),
      COMPLIANCE_SIMULATOR_PORT: "0",
      COMPLIANCE_FAULTS: "none",
      COMPLIANCE_SPEED: "1000",
      PITBOSS_DATA_DIR: casino.dataDir,
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(child, "message");
  await casino.restart(env);
  const settings = kycVendorFile.parse(JSON.parse(readFileSync(join(casino.dataDir, "kyc-vendor.json"), "utf8")));
  const { registers } = registersFile.parse(
    JSON.parse(readFileSync(join(casino.dataDir, "exclusion-registers.json"), "utf8")),
  );
  const registersUrl = registers[0]?.url ?? "";
  const addressesUrl = geoVendorFile.parse(
    JSON.parse(readFileSync(join(casino.dataDir, "geo-vendor.json"), "utf8")),
  ).url;
  const say = async (method: string, path: string, body: object, base = settings.url): Promise<void> => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(base + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the simulator refused: ${await answer.text()}`);
  };
  return {
    settings,
    misbehave: (faults) => say("PUT", "/_simulator/faults", faults),
    tell: (applicant, what) => say("POST", `/_simulator/applicants/${applicant}`, what),
    tellRegister: (person) => say("PUT", "/_simulator/people", person, registersUrl),
    misbehaveRegisters: (faults) => say("PUT", "/_simulator/faults", faults, registersUrl),
    tellAddress: (ip, kind) => say("PUT", "/_simulator/addresses", { ip, kind }, addressesUrl),
    misbehaveAddresses: (faults) => say("PUT", "/_simulator/faults", faults, addressesUrl),
    addressesAsked: async () =>
      ((await (await fetch(`${addressesUrl}/_simulator/asked`)).json()) as { asked: number }).asked,
    sendWebhook: async (event, digest = digestOf) => {
      const body = Buffer.from(JSON.stringify(event));
      const response = await fetch(`${casino.url()}/v1/kyc/webhooks`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-payload-digest": digest(body, settings.webhookSecrets[0] ?? ""),
        },
        body,
      });
      await response.body?.cancel();
      return response.status;
    },
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
