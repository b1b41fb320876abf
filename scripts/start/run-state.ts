/** What the start leaves in `.pitboss/run.json` for the next one: how to reach what runs, and what would have to be ended. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess, isSameProcessAlive, type ProcessIdentity } from "@pitboss/db/embedded/process-identity";
import { z } from "zod";
import { endProcessGroup } from "./process-group.ts";

const runStateFile = z.object({
  pid: z.int().positive(),
  startedAt: z.iso.datetime(),
  /** What was announced once everything ran; null until then. */
  announcement: z.string().nullable(),
  children: z.array(z.object({ pid: z.int().positive(), startedAt: z.string().nullable() })),
});

type RunState = z.infer<typeof runStateFile>;

export interface RunRecord {
  addChild(pid: number): void;
  announce(text: string): void;
  remove(): void;
}

export function readRunState(dataDir: string): RunState | undefined {
  try {
    return runStateFile.parse(JSON.parse(readFileSync(statePath(dataDir), "utf8")));
  } catch {
    return undefined;
  }
}

export function recordRun(dataDir: string): RunRecord {
  let state: RunState = { pid: process.pid, startedAt: new Date().toISOString(), announcement: null, children: [] };
  const write = (change: Partial<RunState>) => {
    state = { ...state, ...change };
    mkdirSync(dataDir, { recursive: true });
    // Another start may read at any moment; it must never see half a file. The sign-ins are nobody else's business.
    const unfinished = `${statePath(dataDir)}.unfinished`;
    writeFileSync(unfinished, JSON.stringify(state, null, 2), { mode: 0o600 });
    renameSync(unfinished, statePath(dataDir));
  };
  write({});
  return {
    addChild: (pid) => {
      write({ children: [...state.children, identifyProcess(pid)] });
    },
    announce: (announcement) => {
      write({ announcement });
    },
    remove: () => {
      rmSync(statePath(dataDir), { force: true });
    },
  };
}

/** Ends programs that an earlier run could not end itself, because it and its watchdog were killed. */
export async function endLeftovers(children: readonly ProcessIdentity[]): Promise<number> {
  const alive = children.filter(isSameProcessAlive);
  for (const { pid } of alive.toReversed()) await endProcessGroup(pid);
  return alive.length;
}

function statePath(dataDir: string): string {
  return join(dataDir, "run.json");
}
