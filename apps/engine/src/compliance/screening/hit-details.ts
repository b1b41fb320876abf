/** What a score was made of, as it is kept with the hit: sealed under the player's key, since it holds the player's data. */
import { findPlayerKey } from "@pitboss/db/identity/key-store";
import type { HitRecord } from "@pitboss/db/compliance/screening-hit-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { nameMethods } from "@pitboss/domain/compliance/screening/compare-names";
import type { Match } from "@pitboss/domain/compliance/screening/screening-index";
import type { SubjectForm } from "@pitboss/domain/compliance/screening/score-match";
import { maskPersonal } from "@pitboss/domain/identity/personal-data";
import { z } from "zod";
import { openField, sealField } from "../../identity/keys/field-cipher.ts";
import type { PlayerVault, StoredKey } from "../../identity/keys/player-vault.ts";

const text = z.string().nullable();
const hitDetails = z.object({
  player: z.object({ name: z.string(), birthDate: text, country: text, gender: text }),
  listed: z.object({ full: z.string(), surname: text, quality: z.enum(["PRIMARY", "STRONG", "WEAK"]) }),
  methods: z.record(z.enum(nameMethods), z.number()),
  best: z.enum(nameMethods),
  points: z.number(),
  pairs: z.array(
    z.object({ player: text, listed: text, alike: z.number(), by: z.enum(["same", "sound", "spelling", "alone"]) }),
  ),
  penalties: z.array(
    z.object({
      name: z.enum(["country", "birthYear", "birthDay", "surname", "gender"]),
      player: text,
      listed: text,
      points: z.number(),
    }),
  ),
});
export type HitDetails = z.infer<typeof hitDetails>;

const placeOf = (hitId: bigint): string => `screening_hits:details:${hitId}`;

export function sealHitDetails({ key }: StoredKey, hitId: bigint, subject: SubjectForm, match: Match): Buffer {
  const { comparison, penalties, name } = match;
  const details: HitDetails = {
    player: { name: subject.name, birthDate: subject.birthDate, country: subject.country, gender: subject.gender },
    listed: name,
    methods: comparison.methods,
    best: comparison.best,
    points: comparison.points,
    pairs: [...comparison.pairs],
    penalties: [...penalties],
  };
  return sealField(key, placeOf(hitId), Buffer.from(JSON.stringify(details)));
}

/** Undefined once the player is erased. */
export async function openHitDetails(
  players: PlayerVault,
  db: Executor,
  hit: Pick<HitRecord, "id" | "playerId" | "keyId" | "details">,
): Promise<HitDetails | undefined> {
  const stored = await findPlayerKey(db, hit.playerId, "PROFILE");
  if (stored === undefined || stored.id !== hit.keyId) return undefined;
  const opened = openField(await players.keyOf(stored), placeOf(hit.id), hit.details);
  return hitDetails.parse(JSON.parse(opened.toString()));
}

/** The same with the player's side masked, as everybody sees it who may see the hit. */
export function maskHitDetails(details: HitDetails): HitDetails {
  const mask = (value: string | null): string | null => (value === null ? null : maskPersonal("lastName", value));
  const { player } = details;
  return {
    ...details,
    player: {
      ...player,
      name: player.name
        .split(" ")
        .map((word) => maskPersonal("firstName", word))
        .join(" "),
      birthDate: player.birthDate === null ? null : maskPersonal("birthDate", player.birthDate),
    },
    pairs: details.pairs.map((pair) => ({ ...pair, player: mask(pair.player) })),
    penalties: details.penalties.map((penalty) => {
      if (penalty.name === "surname") return { ...penalty, player: mask(penalty.player) };
      return penalty.name === "birthDay" && penalty.player !== null ? { ...penalty, player: "••-••" } : penalty;
    }),
  };
}
