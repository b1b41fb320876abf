/**
 * Waits for the death of the start and then ends the programs that it had running: `node watchdog.ts <dataDir> <pid>`.
 * Its stdin is a pipe that nobody else holds; the system closes it when the start is gone, however that went.
 */
import { endLeftovers, readRunState } from "./run-state.ts";

const [dataDir = "", pid = ""] = process.argv.slice(2);
process.stdin.resume();
await new Promise((resolve) => process.stdin.once("close", resolve));
const state = readRunState(dataDir);
// A start that ended as it should has removed its state, and a later one looks after what it finds by itself.
if (state?.pid === Number(pid)) await endLeftovers(state.children);
