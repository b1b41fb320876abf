/** The process that start-watchdog.ts starts: `node watchdog.ts <dataDir> <holder>`. */
import { layOutServer } from "./server-layout.ts";
import { letGoOfServer } from "./start-postgres.ts";

const [dataDir, holder] = process.argv.slice(2);
if (dataDir === undefined || holder === undefined) throw new Error("usage: watchdog.ts <dataDir> <holder>");

process.stdin.resume();
await new Promise((resolve) => process.stdin.once("close", resolve));
await letGoOfServer(layOutServer(dataDir), holder);
