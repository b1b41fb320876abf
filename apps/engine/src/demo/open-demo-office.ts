/**
 * The staff of the demo casino, one person for each role, ready to sign in, and invented personal data for its players.
 * The sign-ins lie in the data folder; they are refused in production with everything else of the demo.
 */
import { randomBytes, randomInt } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Database } from "@pitboss/db/kernel/pool";
import { encodeBase32 } from "@pitboss/domain/identity/base32";
import { isRole, roles } from "@pitboss/domain/identity/roles";
import { totpCode, totpStepAt } from "@pitboss/domain/identity/totp";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { Config } from "../config.ts";
import { createStaffDeps } from "../identity/open-people.ts";
import { openHouse } from "../identity/staff/open-house.ts";
import { systemClock } from "../kernel/context.ts";
import { createLog } from "../kernel/log.ts";
import { furnishDemoOffice } from "./furnish-demo-office.ts";
import { importWatchList } from "./import-watch-list.ts";
import { uploadDemoDocuments } from "./upload-documents.ts";

const demoPeople = z.array(
  z.object({
    role: z.string(),
    email: z.string(),
    password: z.string(),
    /** Hex of the raw key. */
    totpSecret: z.string(),
  }),
);
type DemoPerson = z.infer<typeof demoPeople>[number];

export interface DemoSignIn {
  readonly role: string;
  readonly email: string;
  readonly password: string;
  /** For an authenticator app. */
  readonly totpSecret: string;
  /** The code of this half minute; a code works once. */
  readonly totpNow: string;
}

const firstNames = [
  "Ada",
  "Bruno",
  "Chiara",
  "Dmitri",
  "Elif",
  "Farah",
  "Goran",
  "Hana",
  "Inês",
  "Jonas",
  "Kaia",
  "Luís",
];
const lastNames = [
  "Borg",
  "Müller",
  "O'Connor",
  "Virtanen",
  "Rossi",
  "Yılmaz",
  "Lindqvist",
  "García",
  "Novák",
  "Ferreira",
];
const streets = ["Harbour Street", "Linden Row", "Station Road", "Old Market", "Mill Lane"];

/** Makes what is missing; what was made at an earlier start is found again. */
export async function openDemoOffice(
  config: Config,
  db: Database,
  newPlayers: readonly bigint[],
): Promise<readonly DemoSignIn[]> {
  const path = join(config.PITBOSS_DATA_DIR, "demo", "staff.json");
  const deps = await createStaffDeps(config, {
    db,
    clock: systemClock,
    log: createLog("silent"),
    lanes: { submit: () => Promise.reject(new Error("the demo's office has no lanes")) },
    catalog: { byCode: () => undefined, all: () => [] },
  });
  const people = draftPeople();
  const opened = await openHouse(
    deps,
    people.map(({ role, email, password, totpSecret }) => ({
      email,
      name: `Demo ${role}`,
      roles: [role.replace(/-2$/, "")].filter(isRole),
      ready: { password, totpSecret: Buffer.from(totpSecret, "hex") },
    })),
  );
  if (opened.ok) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, `${JSON.stringify(people, null, 2)}\n`, { mode: 0o600 });
    await chmod(path, 0o600);
  }
  for (const [index, playerId] of newPlayers.entries()) {
    const stored = await db.transaction((tx) => deps.players.store(tx, playerId, inventPerson(index, playerId)));
    assert(stored, "every demo player has an e-mail address of their own");
  }
  if (opened.ok && newPlayers.length > 0) {
    await furnishDemoOffice(deps, newPlayers);
    await importWatchList(deps);
    await uploadDemoDocuments(deps, newPlayers);
  }
  return (await readPeople(path)).map(presentSignIn);
}

/** Two admins, two of compliance and two of finance, so that four eyes can be tried. */
function draftPeople(): DemoPerson[] {
  return [...roles, "admin-2", "compliance-2", "finance-2"].map((role) => ({
    role,
    email: `${role}@demo.pitboss.example`,
    password: `demo-${randomBytes(9).toString("base64url")}`,
    totpSecret: randomBytes(20).toString("hex"),
  }));
}

/** Empty where this house was not opened by a demo, or its folder was removed: its sign-ins are nobody's to print. */
async function readPeople(path: string): Promise<readonly DemoPerson[]> {
  try {
    return demoPeople.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function presentSignIn({ role, email, password, totpSecret }: DemoPerson): DemoSignIn {
  const secret = Buffer.from(totpSecret, "hex");
  const totpNow = totpCode(secret, totpStepAt(systemClock.now()));
  return { role, email, password, totpSecret: encodeBase32(secret), totpNow };
}

function inventPerson(
  index: number,
  playerId: bigint,
): Parameters<Awaited<ReturnType<typeof createStaffDeps>>["players"]["store"]>[2] {
  const firstName = firstNames[index % firstNames.length] ?? "Ada";
  const lastName = lastNames[(index * 7) % lastNames.length] ?? "Borg";
  const year = 1960 + ((index * 11) % 44);
  return {
    email: `${formatId("player", playerId)}@players.demo.example`,
    firstName,
    lastName,
    birthDate: `${year}-${String(1 + (index % 12)).padStart(2, "0")}-${String(1 + ((index * 5) % 28)).padStart(2, "0")}`,
    address: `${1 + (index % 90)} ${streets[index % streets.length] ?? ""}`,
    phone: `+356 99${String(randomInt(100_000, 999_999))}`,
  };
}
