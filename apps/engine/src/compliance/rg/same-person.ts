/**
 * Other accounts of the same person. An exclusion holds for the person and not for one of their accounts. Who may be the
 * same is found by blind indexes and by what accounts share; whether they are is told from personal data in clear.
 */
import { listPlayersWithTerms } from "@pitboss/db/identity/player-detail-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { listLinks } from "@pitboss/db/risk/link-store";
import { isSamePerson, wholeName } from "@pitboss/domain/compliance/same-person";
import type { PersonalData, PlayerVault } from "../../identity/keys/player-vault.ts";
import type { RgDeps } from "./rg-player.ts";

const most = 50;

export async function findSamePerson(
  { db, players }: Pick<RgDeps, "db"> & { readonly players: PlayerVault },
  playerId: bigint,
): Promise<bigint[]> {
  const own = await players.open(db, playerId);
  if (!own.ok) return [];
  // Addresses of networks and browsers are left out: they say too little of who somebody is.
  const links = await listLinks(db, [playerId], ["DEVICE", "INSTRUMENT", "PHONE", "ADDRESS"]);
  const shares = links.filter(({ kind }) => kind === "DEVICE" || kind === "INSTRUMENT");
  const found = await keepSame(db, players, own.value.data, {
    candidates: [...(await listCandidates(db, players, own.value.data)), ...links.map(({ otherId }) => otherId)],
    linked: new Set(shares.map(({ otherId }) => otherId)),
  });
  return found.filter((id) => id !== playerId);
}

/** Accounts of whoever these are the personal data of. What their account shares beyond that is not known yet. */
export async function findPeople(db: Executor, players: PlayerVault, data: PersonalData): Promise<bigint[]> {
  const candidates = await listCandidates(db, players, data);
  return keepSame(db, players, data, { candidates, linked: new Set() });
}

async function listCandidates(db: Executor, players: PlayerVault, data: PersonalData): Promise<bigint[]> {
  if (data.birthDate === undefined) return [];
  const name = wholeName(data);
  const named = name === "" ? [] : await listPlayersWithTerms(db, await players.searchTerms(name), most);
  const { phone } = data;
  const called = phone === undefined ? [] : await listPlayersWithTerms(db, [await players.phoneTerm(phone)], most);
  return [...named, ...called];
}

async function keepSame(
  db: Executor,
  players: PlayerVault,
  data: PersonalData,
  { candidates, linked }: { readonly candidates: readonly bigint[]; readonly linked: ReadonlySet<bigint> },
): Promise<bigint[]> {
  const same: bigint[] = [];
  for (const id of new Set(candidates)) {
    const other = await players.open(db, id);
    if (other.ok && isSamePerson(data, other.value.data, linked.has(id))) same.push(id);
  }
  return same;
}
