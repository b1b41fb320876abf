/** The simulated game bank as a process beside a test's casino, well-behaved until the test says otherwise. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import { openDemoBank } from "../../demo/open-demo-bank.ts";
import type { Office } from "../../testing/start-office.ts";
import type { BankFaults } from "./simulator/simulated-bank.ts";

export interface RunningBank {
  readonly url: string;
  /** Sets all faults anew; what is not named does not happen. */
  misbehave(faults: Partial<BankFaults>): Promise<void>;
  /** A round there: `change` is what it did to the balance, as in "-5.00". Answers the balance. */
  play(gameBankId: string, change: string): Promise<string>;
  balanceOf(gameBankId: string): Promise<string | undefined>;
  kill(): Promise<void>;
  start(): Promise<void>;
}

export async function runBank(office: Office): Promise<RunningBank> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const { db, dataDir } = office.casino;
  const bounds = { min: "0.10", max: "1000.00" };
  await openDemoBank(db, office.deps.vault, { EUR: bounds, USD: bounds }, { dataDir, url });
  const script = fileURLToPath(new URL("../../simulate-game-bank.ts", import.meta.url));
  let child: ChildProcess | undefined;
  const runs = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const start = async (): Promise<void> => {
    if (runs()) return;
    child = fork(script, {
      env: {
        GAME_BANK_PORT: String(port),
        GAME_BANK_FAULTS: "none",
        GAME_BANK_PLAY_EVERY_MS: "0",
        PITBOSS_DATA_DIR: dataDir,
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const first = await Promise.race([once(child, "message"), once(child, "exit").then(() => undefined)]);
    if (first === undefined) throw new Error("the simulated game bank did not start");
  };
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}/_simulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the simulator refused: ${await answer.text()}`);
    return answer.json();
  };
  await start();
  return {
    url,
    start,
    misbehave: async (faults) => void (await control("PUT", "faults", faults)),
    play: async (sessionId, change) =>
      ((await control("POST", "play", { sessionId, change })) as { balance: string }).balance,
    balanceOf: async (id) => {
      const sessions = (await control("GET", "sessions")) as { id: string; balance: string }[];
      return sessions.find((session) => session.id === id)?.balance;
    },
    kill: async () => {
      if (child === undefined || !runs()) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
