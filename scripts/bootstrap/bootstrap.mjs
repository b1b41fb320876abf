/**
 * What `npm start` and `npm test` do first, on whatever Node the machine has: install what the lock file names and go
 * on under the Node that it pins. This folder uses nothing but Node 20, since nothing else may be there yet.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled, pinnedNode } from "./install.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * @param {string} script the TypeScript to go on with, from the root of the checkout
 * @param {string[]} args
 */
export async function continueUnderPinnedNode(script, args) {
  await ensureInstalled(root);
  // The channel tells the child when this process is killed: the child sees it close and stops what it has started.
  const child = spawn(pinnedNode(root), [join(root, script), ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  // A terminal sends Ctrl-C to both of us; the child decides what follows. Other signals are handed on.
  process.on("SIGINT", () => undefined);
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}
