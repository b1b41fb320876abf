/** `node serve.ts dev|start`: Next's own server, on the address that the configuration names. */
import { config } from "./src/config.ts";

const mode = process.argv[2];
if (mode !== "dev" && mode !== "start") throw new Error("Say `dev` or `start`.");
process.argv.splice(2, 1, mode, "--hostname", config.CONSOLE_HOST, "--port", String(config.CONSOLE_PORT));
await import("next/dist/bin/next");
