/** The simulated providers as a process beside a test's casino, well-behaved until the test says otherwise. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import type { Casino } from "../../testing/start-casino.ts";
import { pspFile, type PspFile, type PspSettings } from "../psp/read-psps.ts";
import { signStripe } from "../psp/stripe/stripe-signature.ts";
import type { FaultSettings } from "./faults.ts";

export interface RunningPsps {
  readonly url: string;
  /** By their codes, as the engine knows them. */
  readonly settings: ReadonlyMap<string, PspSettings>;
  /** All that the engine knows of them, and of the services of money over chains. */
  readonly file: PspFile;
  /** Sets all faults anew, of the card acquirer that is named or of Stripe; what is not named does not happen. */
  misbehave(faults: Partial<FaultSettings>, code?: string): Promise<void>;
  /** Sends what the provider would have sent, or what somebody else makes of it. */
  sendWebhook(body: string, signature?: (body: Buffer, secret: string) => string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts them, and the engine anew so that it knows them. */
export async function runPsps(casino: Casino): Promise<RunningPsps> {
  const port = await findFreePort();
  const script = fileURLToPath(new URL("../../simulate-psps.ts", import.meta.url));
  const child = fork(script, {
    env: {
      ENGINE_URL: casino.url(),
      PSP_SIMULATOR_PORT: String(port),
      PSP_FAULTS: "none",
      CHAIN_BLOCK_MS: "60",
      PITBOSS_DATA_DIR: casino.dataDir,
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(child, "message");
  await casino.restart();
  const file = pspFile.parse(JSON.parse(readFileSync(join(casino.dataDir, "psps.json"), "utf8")));
  const { psps } = file;
  const settings = new Map(psps.map((one) => [one.code, one]));
  const secret = psps[0]?.webhookSecrets[0] ?? "";
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    settings,
    file,
    misbehave: async (faults, code = "stripe") => {
      const answer = await fetch(
        `${settings.get(code)?.url ?? file.custodians.find((one) => one.code === code)?.url ?? url}/_simulator/faults`,
        {
          method: "PUT",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(faults),
        },
      );
      if (!answer.ok) throw new Error(`the faults were refused: ${await answer.text()}`);
    },
    sendWebhook: async (text, signature = (body, key) => signStripe(body, key, Math.floor(Date.now() / 1_000))) => {
      const response = await fetch(`${casino.url()}/v1/webhooks/stripe`, {
        method: "POST",
        headers: { "content-type": "application/json", "stripe-signature": signature(Buffer.from(text), secret) },
        body: text,
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
