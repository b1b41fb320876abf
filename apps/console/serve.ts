/** `node serve.ts dev|start`: the console's server, on the address that the configuration names. */
import { createServer, type IncomingMessage } from "node:http";
import path from "node:path";
import { config, consoleOrigin, prepareEnvironment } from "./src/config.ts";
import { clientAddress } from "./src/server/client-address.ts";
import { findSecrets } from "./src/server/find-secrets.ts";

const mode = process.argv[2];
if (mode !== "dev" && mode !== "start") throw new Error("Say `dev` or `start`.");

const here = import.meta.dirname;
prepareEnvironment(mode, findSecrets(config, path.join(here, "../../.pitboss")));

const { default: createApp } = await import("next");
const app = createApp({ dev: mode === "dev", dir: here, hostname: config.CONSOLE_HOST, port: config.CONSOLE_PORT });
await app.prepare();
const handle = app.getRequestHandler();
const upgrade = app.getUpgradeHandler();

const server = createServer((request, response) => {
  setClientAddress(request);
  handle(request, response).catch((error: unknown) => response.destroy(error as Error));
});
server.on("upgrade", (request, socket, head) => {
  upgrade(request, socket, head).catch(() => socket.destroy());
});
// A live view stays open for as long as somebody looks; everything else is done long before.
server.requestTimeout = 60_000;
server.listen(config.CONSOLE_PORT, config.CONSOLE_HOST, () => {
  process.stdout.write(`The console answers on ${consoleOrigin}\n`);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}

/** What the rest of the console reads the client's address from; what the client itself wrote there is gone. */
function setClientAddress(request: IncomingMessage): void {
  request.headers["x-forwarded-for"] = clientAddress(
    request.socket.remoteAddress,
    request.headers["x-forwarded-for"],
    config.CONSOLE_TRUSTED_PROXIES,
  );
}
