import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stopUnheldPostgres } from "@pitboss/db/embedded/start-postgres";

/** Not data of the demo: what is installed, the lock that this start holds, and what tests may be using right now. */
const kept = /^(installed|install[.]pid|run[.]lock.*|test-.*)$/;

/** Removes what earlier runs made. Throws a sentence when someone still uses the database. */
export async function removeData(dataDir: string): Promise<void> {
  const postgres = join(dataDir, "postgres");
  if (existsSync(postgres) && !(await stopUnheldPostgres(postgres))) {
    throw new Error(`The PostgreSQL in ${postgres} is in use by another program, so its data can't be removed now.`);
  }
  for (const name of readdirSync(dataDir)) {
    if (!kept.test(name)) rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  }
}
