/**
 * Other accounts of the same person: the same words of the name, found by the blind index, and the same birth date, which
 * is compared in clear. An exclusion holds for the person and not for one of their accounts.
 */
import { listPlayersWithTerms } from "@pitboss/db/identity/player-detail-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { nameWords } from "@pitboss/domain/identity/search-terms";
import type { PersonalData, PlayerVault } from "../../identity/keys/player-vault.ts";
import type { RgDeps } from "./rg-player.ts";

const most = 50;

export async function findSamePerson(
  { db, players }: Pick<RgDeps, "db"> & { readonly players: PlayerVault },
  playerId: bigint,
): Promise<bigint[]> {
  const own = await players.open(db, playerId);
  if (!own.ok) return [];
  const found = await findPeople(db, players, own.value.data);
  return found.filter((id) => id !== playerId);
}

/** Accounts of whoever these are the personal data of. */
export async function findPeople(db: Executor, players: PlayerVault, data: PersonalData): Promise<bigint[]> {
  const words = wordsOf(data);
  if (words.length === 0 || data.birthDate === undefined) return [];
  const terms = await players.searchTerms(words.join(" "));
  const candidates = await listPlayersWithTerms(db, terms, most);
  const same: bigint[] = [];
  for (const id of candidates) {
    const other = await players.open(db, id);
    if (!other.ok || other.value.data.birthDate !== data.birthDate) continue;
    if (wordsOf(other.value.data).join(" ") === words.join(" ")) same.push(id);
  }
  return same;
}

function wordsOf({ firstName = "", lastName = "" }: PersonalData): string[] {
  return nameWords(`${firstName} ${lastName}`).sort();
}
