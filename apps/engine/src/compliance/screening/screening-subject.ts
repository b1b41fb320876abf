/** What of a player is compared with the lists, and a keyed hash that tells whether it has changed since. */
import { findPlayer } from "@pitboss/db/identity/player-directory";
import type { Executor } from "@pitboss/db/kernel/executor";
import { readSubject, type Subject, type SubjectForm } from "@pitboss/domain/compliance/screening/score-match";
import { canonicalJson } from "@pitboss/domain/kernel/json";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { StaffDeps } from "../../identity/staff-deps.ts";

export type ScreeningDeps = Pick<StaffDeps, "db" | "clock" | "log" | "players" | "vault" | "screening">;

export interface PlayerSubject {
  readonly form: SubjectForm;
  readonly hash: string;
}

type Unreadable = Failure<"PLAYER_NOT_FOUND" | "PLAYER_ERASED" | "FIELD_EMPTY">;

export async function readPlayerSubject(
  { players, vault }: ScreeningDeps,
  db: Executor,
  playerId: bigint,
): Promise<Result<PlayerSubject, Unreadable>> {
  const player = await findPlayer(db, playerId);
  if (player === undefined) return err("PLAYER_NOT_FOUND");
  const opened = await players.open(db, playerId);
  if (!opened.ok) return opened;
  const { firstName, lastName, birthDate } = opened.value.data;
  const name = [firstName, lastName].filter((part) => part !== undefined).join(" ");
  if (name === "") return err("FIELD_EMPTY", "The player's name is not known, so it can't be compared.");
  const subject: Subject = {
    name,
    surname: lastName ?? null,
    birthDate: birthDate ?? null,
    country: player.country,
    gender: null,
  };
  const index = await vault.blindIndex("screening", canonicalJson({ ...subject }));
  return ok({ form: readSubject(subject), hash: index.toString("hex").slice(0, 32) });
}
