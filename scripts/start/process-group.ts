import { setTimeout as sleep } from "node:timers/promises";

const patienceMs = 10_000;

/** Asks all processes of a group to stop, waits until they are gone, and kills those that stay. */
export async function endProcessGroup(leader: number, patience = patienceMs): Promise<void> {
  if (!signalGroup(leader, "SIGTERM")) return;
  const giveUpAt = performance.now() + patience;
  while (signalGroup(leader, 0)) {
    if (performance.now() > giveUpAt) {
      signalGroup(leader, "SIGKILL");
      return;
    }
    await sleep(25);
  }
}

/** False where the group has no process any more. */
function signalGroup(leader: number, signal: "SIGTERM" | "SIGKILL" | 0): boolean {
  try {
    // Windows has no groups; there the leader alone is reached.
    process.kill(process.platform === "win32" ? leader : -leader, signal);
    return true;
  } catch {
    return false;
  }
}
