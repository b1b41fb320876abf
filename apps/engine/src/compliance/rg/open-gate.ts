/** A new account begins with the exclusions of its person, whatever account they were made on, and with their age. */
import { listExclusions } from "@pitboss/db/compliance/exclusion-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { saveGate } from "@pitboss/db/risk/gate-store";
import { exclusionStateAt, strongestBlock } from "@pitboss/domain/compliance/exclusion";
import { belowAgeUntil, youngAge } from "@pitboss/domain/risk/young-age";
import type { Acting } from "../../audit/acting.ts";
import type { TakeNote } from "../../audit/with-audit.ts";
import type { PersonalData, PlayerVault } from "../../identity/keys/player-vault.ts";
import { exclude } from "./exclude-player.ts";
import { lockRgPlayer } from "./rg-player.ts";
import { findPeople } from "./same-person.ts";

export interface NewAccount {
  readonly tx: Transaction;
  readonly note: TakeNote;
  readonly acting: Acting;
  readonly players: PlayerVault;
  readonly playerId: bigint;
  readonly data: PersonalData;
  readonly nowMs: number;
}

/** In the transaction that opens the account: there is no moment in which it could play. */
export async function openGate({ tx, note, acting, players, playerId, data, nowMs }: NewAccount): Promise<void> {
  const player = await lockRgPlayer(tx, playerId, nowMs);
  if (!player.ok) return;
  const youngUntilMs = data.birthDate === undefined ? null : belowAgeUntil(data.birthDate, youngAge, nowMs);
  const state = { ...player.value.state, youngUntilMs };
  await saveGate(tx, state);
  for (const other of await findPeople(tx, players, data)) {
    if (other === playerId) continue;
    const longTerm = (await listExclusions(tx, other)).filter(
      (one) => (one.kind === "SELF_EXCLUSION" || one.kind === "REGISTER") && exclusionStateAt(one, nowMs) !== "LIFTED",
    );
    const strongest = strongestBlock(longTerm, nowMs);
    if (strongest === undefined) continue;
    const { kind, endsAtMs, reason, id } = strongest;
    await exclude(
      { tx, note, acting, nowMs, player: { ...player.value, state } },
      { kind, endsAtMs, reason, cameFrom: id },
    );
    return;
  }
}
