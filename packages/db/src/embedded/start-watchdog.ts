import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Starts a small process that waits for the death of this one. It holds the reading end of a pipe whose writing end
 * only we have; the system closes that end when we die, in whatever way, and then the watchdog lets go of the server
 * in our place. It stands in a session of its own, so Ctrl-C and a closed terminal don't reach it.
 */
export function startWatchdog(dataDir: string, holder: string): { dismiss: () => void } {
  const script = fileURLToPath(new URL("./watchdog.ts", import.meta.url));
  const watchdog = spawn(process.execPath, [script, dataDir, holder], {
    cwd: dataDir,
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.unref();
  // When the watchdog was killed, the pipe breaks; the next start adopts the server, so nothing is lost by that.
  watchdog.stdin.on("error", () => undefined);
  (watchdog.stdin as unknown as { unref?: () => void }).unref?.();
  return {
    dismiss: () => {
      watchdog.stdin.end();
    },
  };
}
