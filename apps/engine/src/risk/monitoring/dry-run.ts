/**
 * What a rule would have found in a span of history, and whom it would have hit. It reads players by their numbers, a slice
 * a call, so that a long history is looked at in many short steps. It writes nothing.
 */
import { listPlayersWithFacts } from "@pitboss/db/risk/fact-store";
import { listLinkedPlayers } from "@pitboss/db/risk/link-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import {
  type Desk,
  isMoneyRule,
  isPlayRule,
  type RuleBody,
  type RuleReaction,
} from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { scanFacts } from "@pitboss/domain/risk/monitoring/scan-facts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { readFacts } from "./read-facts.ts";

/** Players that one call looks at. */
const slice = 200;

export interface DryRunHit {
  readonly playerId: string;
  readonly nickname: string;
  readonly happenedAt: string;
  readonly measured: Readonly<Record<string, string>>;
}

export interface DryRunPage {
  readonly looked: number;
  readonly hits: readonly DryRunHit[];
  /** What would be done to each of them. */
  readonly reaction: RuleReaction["do"];
  /** Where the next call goes on; null once everybody was looked at. */
  readonly next: string | null;
}

export interface DryRun {
  readonly desk: Desk;
  readonly body: Pick<RuleBody, "conditions" | "quietDays" | "reaction">;
  readonly from: Date;
  readonly to: Date;
  readonly after: bigint;
}

export async function dryRun(deps: StaffDeps, { body, from, to, after }: DryRun): Promise<DryRunPage> {
  const { db, reports } = deps;
  const of = isMoneyRule(body.conditions) ? "money" : isPlayRule(body.conditions) ? "play" : "any";
  const ids = await listPlayersWithFacts(db, of, { from, to }, { after, limit: slice });
  const { players, rates } = await readFacts(db, ids, [body], from.getTime(), reports.currency);
  const span = { fromMs: from.getTime(), toMs: to.getTime() };
  const found = players.flatMap((facts) =>
    scanFacts(body, facts, rates, span).map((finding) => ({ playerId: facts.playerId, finding })),
  );
  const names = new Map(
    (await listLinkedPlayers(db, [...new Set(found.map(({ playerId }) => playerId))])).map(({ id, nickname }) => [
      id,
      nickname,
    ]),
  );
  const last = ids.at(-1);
  return {
    looked: ids.length,
    reaction: body.reaction.do,
    hits: found.map(({ playerId, finding }) => ({
      playerId: formatId("player", playerId),
      nickname: names.get(playerId) ?? "",
      happenedAt: new Date(finding.atMs).toISOString(),
      measured: finding.measured,
    })),
    next: ids.length < slice || last === undefined ? null : formatId("player", last),
  };
}
