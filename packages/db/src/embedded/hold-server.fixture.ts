/** A process that starts a server, says so in JSON and stays, for tests to kill: `node hold-server.fixture.ts <options>`. */
import { startPostgres, type StartPostgresOptions } from "./start-postgres.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as StartPostgresOptions;
const server = await startPostgres(options);
process.stdout.write(`${JSON.stringify(server)}\n`);
setInterval(() => undefined, 60_000);
