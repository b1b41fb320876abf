/** A new version of a limit profile's rows: proposed with its difference, approved by a second person, then in force. */
import type { Executor } from "@pitboss/db/kernel/executor";
import { countPlayersOfProfile } from "@pitboss/db/risk/count-players";
import { insertProfile, listProfiles, type ProfileRecord } from "@pitboss/db/risk/rules-store";
import type { ProfileContent } from "@pitboss/domain/identity/approval-content";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { ProfileName, StoredProfileRow } from "@pitboss/domain/risk/limit-profile";
import { parseAmount } from "@pitboss/domain/wallet/money";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

export type ProfileInput = Omit<ProfileContent, "basedOn" | "changes" | "players">;

export async function describeProfile(
  db: Executor,
  input: ProfileInput,
  catalog: StaffDeps["catalog"],
  nowMs: number,
): Promise<Result<ProfileContent>> {
  for (const row of input.rows) {
    const wrong = findFault(row, catalog);
    if (wrong !== undefined) return err("REQUEST_INVALID", wrong);
  }
  const names = input.rows.map(nameOfRow);
  if (new Set(names).size < names.length) return err("REQUEST_INVALID", "Two rows bound the same.");
  if (input.effectiveFrom !== null && Date.parse(input.effectiveFrom) <= nowMs) {
    return err("REQUEST_INVALID", "A version begins to hold in the future, or as soon as it is approved.");
  }
  const newest = newestOf(await listProfiles(db), input.profile);
  const changes = diffRows(newest?.rows ?? [], input.rows);
  if (changes.length === 0) return err("NOTHING_CHANGES");
  const players = await countPlayersOfProfile(db, input.profile);
  return ok({ ...input, basedOn: newest?.version ?? 0, changes, players });
}

function findFault(row: StoredProfileRow, catalog: StaffDeps["catalog"]): string | undefined {
  if (!parseAmount(row.amount, row.currency).ok) return `${row.amount} is not an amount of ${row.currency}.`;
  if (row.playerId !== null && parseId("player", row.playerId) === undefined)
    return `${row.playerId} is no player's id.`;
  if (row.game !== null && catalog.byCode(row.game) === undefined) return `There is no game ${row.game}.`;
  if ((row.game !== null || row.category !== null) && row.measure !== "betMax") {
    return "Games and categories bound stakes alone.";
  }
  return undefined;
}

/** What a row bounds, without how much. */
function nameOfRow({ measure, currency, country, playerId, category, game }: StoredProfileRow): string {
  const scope = [country, playerId, category, game].filter((part) => part !== null);
  return [measure, currency, ...scope].join(" ");
}

function diffRows(before: readonly StoredProfileRow[], after: readonly StoredProfileRow[]): ProfileContent["changes"] {
  const old = new Map(before.map((row) => [nameOfRow(row), row.amount]));
  const now = new Map(after.map((row) => [nameOfRow(row), row.amount]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path) ?? "", after: now.get(path) ?? "" }));
}

function newestOf(records: readonly ProfileRecord[], profile: ProfileName): ProfileRecord | undefined {
  return records.filter((record) => record.profile === profile).at(-1);
}

export const profileHandler: KindHandler<ProfileContent, ProfileInput> = {
  async describe({ db, clock, catalog }, input) {
    const content = await describeProfile(db, input, catalog, clock.now());
    if (!content.ok) return content;
    const { profile, basedOn, changes, players, effectiveFrom } = content.value;
    const when = effectiveFrom === null ? "once approved" : `from ${effectiveFrom}`;
    return ok({
      content: { ...content.value },
      summary: `${profile} version ${basedOn + 1} ${when}: ${changes.length} changes, ${players} players`,
      subject: { kind: "limit-profile", id: profile },
    });
  },
  apply: {
    where: "here",
    async run({ tx, deps, content, approval, note }) {
      const { profile, rows, basedOn, reason } = content;
      const newest = newestOf(await listProfiles(tx), profile);
      if ((newest?.version ?? 0) !== basedOn) return err("PLAN_CHANGED", "There is a newer version; propose it again.");
      const nowMs = deps.clock.now();
      const wanted = content.effectiveFrom === null ? nowMs : Date.parse(content.effectiveFrom);
      const effectiveFromMs = Math.max(wanted, nowMs);
      const version = basedOn + 1;
      await insertProfile(tx, { profile, version, rows, effectiveFromMs, approvalId: approval.id });
      const result = { version, effectiveFrom: new Date(effectiveFromMs).toISOString() };
      note({ action: "limit-profile.change", subject: { kind: "limit-profile", id: profile }, reason, after: result });
      return ok(result);
    },
  },
};
