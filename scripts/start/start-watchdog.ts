import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Has the programs of this run ended should this process be killed. It needs no dismissal: our end is its end. */
export function startWatchdog(dataDir: string): void {
  const script = fileURLToPath(new URL("./watchdog.ts", import.meta.url));
  const watchdog = spawn(process.execPath, [script, dataDir, String(process.pid)], {
    cwd: dataDir,
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.unref();
  watchdog.stdin.on("error", () => undefined);
}
