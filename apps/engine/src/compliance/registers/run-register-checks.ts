/** Asks the registers about all players of their jurisdictions, in batches, as often as the packs say. */
import {
  enrolRegisterPlayers,
  claimRegisterPlayers,
  saveRegisterStanding,
} from "@pitboss/db/compliance/register-store";
import type { Pack } from "@pitboss/domain/risk/jurisdiction-pack";
import { readPacks } from "../../risk/gate-rules.ts";
import { keepAnswer, mirrorExclusion, personOf, type RegisterDeps } from "./ask-register.ts";
import type { ExclusionRegister, RegisterPerson } from "./exclusion-register.ts";

const enrolAtOnce = 1_000;
const leaseMs = 10 * 60_000;
const dayMs = 86_400_000;

/** True where there may be more to do at once. */
export async function runRegisterChecks(deps: RegisterDeps): Promise<boolean> {
  const now = deps.clock.now();
  const packs = await readPacks(deps.db);
  const countries = new Set(packs.all.flatMap((pack) => pack.countries));
  const inForce = new Set([...countries].map((country) => packs.of(country, now)));
  let more = false;
  for (const pack of inForce) {
    const code = pack.rules.exclusionRegister?.code;
    const register = code === undefined ? undefined : deps.registers.get(code);
    if (register !== undefined) more = (await askAboutPack(deps, pack, register, now)) || more;
  }
  return more;
}

async function askAboutPack(
  deps: RegisterDeps,
  pack: Pack,
  register: ExclusionRegister,
  now: number,
): Promise<boolean> {
  const rules = pack.rules.exclusionRegister;
  if (rules === undefined) return false;
  const enrolled = await enrolRegisterPlayers(deps.db, rules.code, pack.countries, new Date(now), enrolAtOnce);
  const until = new Date(now + leaseMs);
  const due = await claimRegisterPlayers(deps.db, rules.code, new Date(now), until, register.mostAtOnce);
  const known: { playerId: bigint; person: RegisterPerson }[] = [];
  for (const playerId of due) {
    const opened = await deps.players.open(deps.db, playerId);
    const person = opened.ok ? personOf(opened.value.data) : undefined;
    if (person !== undefined) known.push({ playerId, person });
    // Nobody can be asked about until there is a name.
    else await saveRegisterStanding(deps.db, { playerId, register: rules.code, askAt: new Date(now + dayMs) });
  }
  if (known.length === 0) return enrolled === enrolAtOnce || due.length === register.mostAtOnce;
  const answers = await register.askMany(known.map(({ person }) => person));
  if (!answers.ok) {
    // Their turn comes again when the lease ends; what is known of them stands meanwhile.
    deps.log.warn(
      { register: rules.code, why: answers.error.detail },
      "a register could not be asked about many players",
    );
    return false;
  }
  for (const [index, { playerId }] of known.entries()) {
    const answer = answers.value[index];
    if (answer === undefined) throw new Error("a register answers for each player that it was asked about");
    const outcome = answer.excluded ? "EXCLUDED" : "CLEAR";
    if (answer.excluded) await mirrorExclusion(deps, playerId, rules.code);
    const said = { rules, pack, outcome, reference: answer.reference } as const;
    await keepAnswer(deps.db, now, { playerId, occasion: "BATCH", said });
  }
  return enrolled === enrolAtOnce || due.length === register.mostAtOnce;
}
