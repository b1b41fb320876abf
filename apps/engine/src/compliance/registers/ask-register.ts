/**
 * Asks the register that a player's jurisdiction names, before they come in or play, and mirrors what it says: whoever is in it is
 * excluded here as well, on all their accounts, and only the register ends that.
 */
import { listExclusions } from "@pitboss/db/compliance/exclusion-store";
import { findClearAt, insertRegisterCheck, saveRegisterStanding } from "@pitboss/db/compliance/register-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { exclusionStateAt } from "@pitboss/domain/compliance/exclusion";
import {
  mayGoOn,
  mustAsk,
  type RegisterOccasion,
  type RegisterOutcome,
  type RegisterRules,
} from "@pitboss/domain/compliance/register-check";
import type { Failure } from "@pitboss/domain/kernel/result";
import { systemActing } from "../../audit/acting.ts";
import type { PersonalData } from "../../identity/keys/player-vault.ts";
import { readPacks } from "../../risk/gate-rules.ts";
import { type ExcludeDeps, excludePlayer } from "../rg/exclude-player.ts";
import type { ExclusionRegister, RegisterPerson } from "./exclusion-register.ts";

export interface RegisterDeps extends ExcludeDeps {
  /** By their codes, as jurisdictions' packs name them. */
  readonly registers: ReadonlyMap<string, ExclusionRegister>;
}

export interface RegisterSaid {
  readonly rules: RegisterRules;
  readonly pack: { readonly code: string; readonly version: number };
  readonly outcome: RegisterOutcome;
  readonly reference: string | null;
}

const minuteMs = 60_000;

/** Undefined where nothing has to be asked. A register that the house is not connected to can't be reached. */
export async function askRegister(
  deps: RegisterDeps,
  who: { readonly country: string; readonly data: PersonalData; readonly playerId: bigint | null },
  occasion: RegisterOccasion,
): Promise<RegisterSaid | undefined> {
  const nowMs = deps.clock.now();
  const pack = (await readPacks(deps.db)).of(who.country, nowMs);
  const rules = pack.rules.exclusionRegister;
  if (rules === undefined) return undefined;
  const clearAt = who.playerId === null ? null : await findClearAt(deps.db, who.playerId, rules.code);
  if (!mustAsk(rules, occasion, clearAt?.getTime() ?? null, nowMs)) return undefined;
  const person = personOf(who.data);
  // An operator's account without a name: there is nobody to ask about, and the level that such a pack asks for keeps it out.
  if (person === undefined) return undefined;
  const answer = await deps.registers.get(rules.code)?.ask(person);
  if (answer?.ok !== true) {
    deps.log.warn({ register: rules.code, why: answer?.error.detail ?? "not connected" }, "a register was not reached");
    return { rules, pack, outcome: "DOWN", reference: null };
  }
  const { excluded, reference } = answer.value;
  return { rules, pack, outcome: excluded ? "EXCLUDED" : "CLEAR", reference };
}

/** For a player who has an account: the answer is kept, and holds at once. Undefined where they may go on. */
export async function checkRegister(
  deps: RegisterDeps,
  playerId: bigint,
  country: string,
  occasion: "SIGN_IN" | "PLAY",
): Promise<Failure | undefined> {
  const opened = await deps.players.open(deps.db, playerId);
  const said = await askRegister(deps, { country, data: opened.ok ? opened.value.data : {}, playerId }, occasion);
  if (said === undefined) return undefined;
  if (said.outcome === "EXCLUDED") await mirrorExclusion(deps, playerId, said.rules.code);
  await keepAnswer(deps.db, deps.clock.now(), { playerId, occasion, said });
  return refusalOf(said, occasion);
}

export function refusalOf({ rules, outcome }: RegisterSaid, occasion: RegisterOccasion): Failure | undefined {
  if (mayGoOn(rules, occasion, outcome)) return undefined;
  return outcome === "DOWN" ? { code: "REGISTER_UNAVAILABLE" } : { code: "SELF_EXCLUDED" };
}

/** The answer in the log of all answers, and what it means for when the register is asked next. */
export async function keepAnswer(
  db: Executor,
  nowMs: number,
  answer: {
    readonly playerId: bigint | null;
    readonly occasion: RegisterOccasion | "BATCH";
    readonly said: RegisterSaid;
  },
): Promise<void> {
  const { playerId, occasion, said } = answer;
  const { rules, pack, outcome, reference } = said;
  const allowed = occasion === "BATCH" ? outcome !== "EXCLUDED" : mayGoOn(rules, occasion, outcome);
  const base = { register: rules.code, playerId, occasion, outcome, allowed, reference };
  await insertRegisterCheck(db, { ...base, pack: pack.code, packVersion: pack.version });
  if (playerId === null) return;
  const standing = { playerId, register: rules.code };
  const inMinutes = (minutes: number): Date => new Date(nowMs + Math.max(minutes, 1) * minuteMs);
  if (outcome === "CLEAR") {
    await saveRegisterStanding(db, { ...standing, clearAt: new Date(nowMs), askAt: inMinutes(rules.freshMinutes) });
  } else if (outcome === "EXCLUDED") await saveRegisterStanding(db, { ...standing, clearAt: null, askAt: null });
  else await saveRegisterStanding(db, { ...standing, askAt: inMinutes(1) });
}

/** Once: an exclusion that the register made already stands. */
export async function mirrorExclusion(deps: RegisterDeps, playerId: bigint, register: string): Promise<void> {
  const nowMs = deps.clock.now();
  const standing = (await listExclusions(deps.db, playerId)).some(
    (one) => one.kind === "REGISTER" && exclusionStateAt(one, nowMs) !== "LIFTED",
  );
  if (standing) return;
  const wanted = { kind: "REGISTER", days: null, reason: `In the register ${register}` } as const;
  const excluded = await excludePlayer(deps, systemActing("exclusion-register"), playerId, wanted);
  if (!excluded.ok) throw new Error(`a register's exclusion was not mirrored: ${excluded.error.code}`);
}

export function personOf({
  firstName,
  lastName,
  birthDate,
  email,
  phone,
  address,
}: PersonalData): RegisterPerson | undefined {
  if (firstName === undefined || lastName === undefined || birthDate === undefined) return undefined;
  return { firstName, lastName, birthDate, email: email ?? null, phone: phone ?? null, address: address ?? null };
}
