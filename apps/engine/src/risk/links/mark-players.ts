/** Makes the marks by which accounts of one person are found, for players who have none yet. */
import { listUnmarkedPlayers, type Mark, setMarks } from "@pitboss/db/identity/mark-store";
import { nameWords, normalisePhone } from "@pitboss/domain/identity/search-terms";
import type { DataVault } from "../../identity/keys/data-vault.ts";
import type { PersonalData } from "../../identity/keys/player-vault.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

const slice = 50;
/** As long as the terms of the search: enough to tell marks apart, and less to guess from than whole hashes. */
const markBytes = 16;

/** True where there may be more. */
export async function markPlayers({ db, players, vault, clock }: StaffDeps): Promise<boolean> {
  const ids = await listUnmarkedPlayers(db, slice);
  for (const id of ids) {
    const opened = await players.open(db, id);
    const marks = opened.ok ? await marksOf(vault, opened.value.data) : [];
    await db.transaction((tx) => setMarks(tx, id, marks, new Date(clock.now())));
  }
  return ids.length === slice;
}

async function marksOf(vault: DataVault, data: PersonalData): Promise<Mark[]> {
  const { firstName = "", lastName = "", birthDate = "", phone = "", address = "" } = data;
  const name = nameWords(`${firstName} ${lastName}`).sort().join(" ");
  const place = nameWords(address).join(" ");
  const digits = normalisePhone(phone);
  const texts: [Mark["kind"], string][] = [];
  if (digits.length > 0) texts.push(["PHONE", digits]);
  if (place.length > 0) texts.push(["ADDRESS", place]);
  if (name.length > 0 && birthDate.length > 0) texts.push(["PERSON", `${name}|${birthDate}`]);
  return Promise.all(
    texts.map(async ([kind, text]) => ({
      kind,
      mark: (await vault.blindIndex(`mark:${kind}`, text)).subarray(0, markBytes),
    })),
  );
}
