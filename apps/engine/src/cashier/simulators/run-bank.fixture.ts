/** The house's bank as a process beside a test's casino, well-behaved until the test says otherwise. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import type { Casino } from "../../testing/start-casino.ts";
import { bankFile, type BankSettings } from "../bank/bank-settings.ts";
import type { FaultSettings } from "./faults.ts";

export interface SimulatedCredit {
  readonly amount: string;
  readonly name: string;
  readonly iban?: string;
  readonly reference?: string;
  readonly remittance?: string;
  /** True has only the statement tell it. */
  readonly quiet?: boolean;
}

export interface RunningBank {
  readonly settings: BankSettings;
  misbehave(faults: Partial<FaultSettings>): Promise<void>;
  /** Somebody pays the house; the bank's reference of the entry. */
  pay(credit: SimulatedCredit): Promise<string>;
  control(path: string, body: object): Promise<Record<string, unknown>>;
  /** What the bank was ordered to pay, by the house's id. */
  ordered(
    endToEndId: unknown,
  ): readonly { readonly id: string; readonly status: string; readonly instructed: number }[];
  stop(): Promise<void>;
}

/** Starts it, and the engine anew so that it knows it. */
export async function runBank(casino: Casino): Promise<RunningBank> {
  const port = await findFreePort();
  const child = fork(fileURLToPath(new URL("../../simulate-bank.ts", import.meta.url)), {
    env: {
      ENGINE_URL: casino.url(),
      BANK_SIMULATOR_PORT: String(port),
      BANK_FAULTS: "none",
      BANK_BOOK_MS: "100",
      BANK_BATCH_SECONDS: "0.2",
      PITBOSS_DATA_DIR: casino.dataDir,
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(child, "message");
  await casino.restart();
  const [settings] = bankFile.parse(JSON.parse(readFileSync(join(casino.dataDir, "banks.json"), "utf8"))).banks;
  if (settings === undefined) throw new Error("the bank stands in its file");
  const send = async (path: string, body: object, method = "POST"): Promise<Record<string, unknown>> => {
    const headers = { "content-type": "application/json" };
    const url = `http://127.0.0.1:${port}/_simulator${path}`;
    const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the bank refused ${path}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    settings,
    misbehave: async (faults) => void (await send("/faults", faults, "PUT")),
    pay: async (credit) => String((await send("/credits", credit))["id"]),
    control: send,
    ordered: (endToEndId) => readJournal(casino.dataDir).filter((one) => one.endToEndId === endToEndId),
    stop: () => end(child),
  };
}

interface Ordered {
  readonly id: string;
  readonly endToEndId: string;
  readonly status: string;
  readonly instructed: number;
}

function readJournal(dataDir: string): Ordered[] {
  const journal = join(dataDir, "simulators", "bank.jsonl.payments");
  if (!existsSync(journal)) return [];
  const newest = new Map<string, Ordered>();
  for (const line of readFileSync(journal, "utf8").split("\n")) {
    if (line === "") continue;
    const one = JSON.parse(line) as Ordered;
    newest.set(one.id, one);
  }
  return [...newest.values()];
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
