/**
 * A new version of what a jurisdiction asks for: proposed with its difference and the number of players that it reaches,
 * approved by a second person, in force from its instant on. A version that was made meanwhile voids the proposal.
 */
import { countPlayersByCountry } from "@pitboss/db/risk/count-players";
import { insertPack, listPacks, type PackRecord } from "@pitboss/db/risk/rules-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { PackContent } from "@pitboss/domain/identity/approval-content";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { defaultPackCode, diffRules, findBadAmounts } from "@pitboss/domain/risk/jurisdiction-pack";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

export type PackInput = Omit<PackContent, "basedOn" | "changes" | "players">;

/** What the proposal would change, and for how many. */
export async function describePack(db: Executor, input: PackInput, nowMs: number): Promise<Result<PackContent>> {
  const bad = findBadAmounts(input.rules);
  if (bad.length > 0) return err("AMOUNT_INVALID", `Not amounts of their currency: ${bad.join(", ")}.`);
  if ((input.code === defaultPackCode) !== (input.countries.length === 0)) {
    return err("REQUEST_INVALID", "Every pack but DEFAULT names its countries.");
  }
  if (input.effectiveFrom !== null && Date.parse(input.effectiveFrom) <= nowMs) {
    return err("REQUEST_INVALID", "A pack begins to hold in the future, or as soon as it is approved.");
  }
  const packs = await listPacks(db);
  const taken = packs.find(
    (pack) =>
      pack.code !== input.code && isNewest(pack, packs) && pack.countries.some((one) => input.countries.includes(one)),
  );
  if (taken !== undefined) return err("REQUEST_INVALID", `A country of these is under the pack ${taken.code}.`);
  const newest = newestOf(packs, input.code);
  const changes = [
    ...diffRules(newest?.rules, input.rules),
    ...((newest?.countries ?? []).join() === input.countries.join()
      ? []
      : [{ path: "countries", before: (newest?.countries ?? []).join(" "), after: input.countries.join(" ") }]),
  ];
  if (changes.length === 0) return err("NOTHING_CHANGES");
  const byCountry = await countPlayersByCountry(db);
  const players = countReached(byCountry, packs, input);
  return ok({ ...input, basedOn: newest?.version ?? 0, changes, players });
}

/** Players of the countries that the pack names, before or after; of DEFAULT all that no other pack names. */
function countReached(
  byCountry: ReadonlyMap<string, number>,
  packs: readonly PackRecord[],
  { code, countries }: PackInput,
): number {
  const named = new Set(packs.filter((pack) => isNewest(pack, packs)).flatMap((pack) => pack.countries));
  const reached = new Set([...countries, ...(newestOf(packs, code)?.countries ?? [])]);
  let sum = 0;
  for (const [country, players] of byCountry) {
    if (code === defaultPackCode ? !named.has(country) : reached.has(country)) sum += players;
  }
  return sum;
}

function newestOf(packs: readonly PackRecord[], code: string): PackRecord | undefined {
  return packs.filter((pack) => pack.code === code).at(-1);
}

function isNewest(pack: PackRecord, packs: readonly PackRecord[]): boolean {
  return newestOf(packs, pack.code)?.version === pack.version;
}

export const packHandler: KindHandler<PackContent, PackInput> = {
  async describe({ db, clock }, input) {
    const content = await describePack(db, input, clock.now());
    if (!content.ok) return content;
    const { code, basedOn, changes, players, effectiveFrom } = content.value;
    const when = effectiveFrom === null ? "once approved" : `from ${effectiveFrom}`;
    return ok({
      content: { ...content.value },
      summary: `${code} version ${basedOn + 1} ${when}: ${changes.length} changes, ${players} players`,
      subject: { kind: "jurisdiction", id: code },
    });
  },
  apply: {
    where: "here",
    async run({ tx, deps, content, approval, note }) {
      const { code, countries, rules, basedOn, reason } = content;
      const newest = newestOf(await listPacks(tx), code);
      if ((newest?.version ?? 0) !== basedOn) return err("PLAN_CHANGED", "There is a newer version; propose it again.");
      const nowMs = deps.clock.now();
      const wanted = content.effectiveFrom === null ? nowMs : Date.parse(content.effectiveFrom);
      // Approved after its own instant, it holds from now on: the past is not judged anew.
      const effectiveFromMs = Math.max(wanted, nowMs);
      const version = basedOn + 1;
      await insertPack(tx, { code, version, countries, rules, effectiveFromMs, approvalId: approval.id });
      const result = { version, effectiveFrom: new Date(effectiveFromMs).toISOString() };
      note({ action: "jurisdiction.change", subject: { kind: "jurisdiction", id: code }, reason, after: result });
      return ok(result);
    },
  },
};
