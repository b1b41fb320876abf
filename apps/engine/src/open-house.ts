/**
 * The first people of a house in production, once: run beside the database, with the engine's own settings, before anybody
 * has signed in. It prints an invitation for each; with it they set a password and a second factor of their own. Refused
 * as soon as there is any member of staff. See docs/operations/first-staff.md.
 *
 *   node apps/engine/src/open-house.ts --admin "Ada Borg <ada@house.example>" --compliance "Ines Roth <ines@house.example>"
 */
import { parseArgs } from "node:util";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { readConfig } from "./config.ts";
import { createStaffDeps } from "./identity/open-people.ts";
import { readFirstPeople } from "./identity/staff/first-people.ts";
import { openHouse } from "./identity/staff/open-house.ts";
import { invitationLink, invitationMs } from "./identity/staff/invite-staff.ts";
import { systemClock } from "./kernel/context.ts";
import { createLog } from "./kernel/log.ts";

const exits = { usage: 2, refused: 3 } as const;

const words = parseArgs({
  options: { admin: { type: "string", multiple: true }, compliance: { type: "string", multiple: true } },
});
const people = readFirstPeople(words.values);
if (!people.ok) {
  process.stderr.write(`${people.error.detail ?? people.error.code}\n`);
  process.exit(exits.usage);
}
const config = readConfig();
const pool = createPool({
  url: config.DATABASE_URL,
  applicationName: "pitboss-open-house",
  max: 2,
  onError: () => undefined,
});
const deps = await createStaffDeps(config, {
  db: createDatabase(pool),
  clock: systemClock,
  log: createLog("silent"),
  lanes: { submit: () => Promise.reject(new Error("opening a house moves no money")) },
  catalog: { byCode: () => undefined, all: () => [] },
});
const opened = await openHouse(deps, people.value);
await pool.end();
if (!opened.ok) {
  process.stderr.write(`Refused: ${opened.error.detail ?? opened.error.code}\n`);
  process.exit(exits.refused);
}
const until = new Date(systemClock.now() + invitationMs).toISOString();
for (const { email, invitation } of opened.value) {
  const link = invitationLink(deps.settings, invitation ?? "");
  process.stdout.write(`${JSON.stringify({ email, invitation: link, validUntil: until })}\n`);
}
