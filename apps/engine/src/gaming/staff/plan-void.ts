/** Plans of voiding bets, for a terminal: one bet, or all that a round still holds. */
import { createHash } from "node:crypto";
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { voidBet } from "./void-bet.ts";

const callerOf = createCaller(router({ voidBet }));

const planBetVoid = planned({
  action: "bet.void",
  permission: "bet.void",
  params: z.object({}),
  look: async ({ deps }, targets) => {
    const looks: Look[] = [];
    for (const id of targets) looks.push(await lookAt(deps, id));
    return looks;
  },
  apply: async ({ trpc }, id, _params, reason) => {
    // The reason names the plan, so a repeat of the same plan is the same request: it gets its first answer.
    const requestId = uuidOf(`void|${id}|${reason}`);
    const { released, currency, repeated } = await callerOf(trpc).voidBet({ betId: id, reason, requestId });
    return { released, currency, repeated };
  },
});

export const planBets = { betVoid: planBetVoid };

async function lookAt({ db }: StaffDeps, id: string): Promise<Look> {
  const number = parseId("bet", id);
  const bet = number === undefined ? undefined : await findBetById(db, number);
  if (bet === undefined) return { id, failure: { code: "BET_NOT_FOUND" } };
  const last = bet.transitions.at(-1);
  const status = last?.status ?? "HELD";
  if (status === "VOIDED") return { id, failure: { code: "NOTHING_CHANGES", detail: "The bet is void." } };
  if (status !== "HELD") return { id, failure: { code: "BET_ALREADY_SETTLED" } };
  const held = bet.stake - (last?.settledCash ?? 0n) - (last?.settledBonus ?? 0n);
  const release = `${formatMinor(held, bet.currency)} ${bet.currency}`;
  return {
    id,
    what: `Give ${release} back to ${formatId("player", bet.playerId)} (${bet.gameCode}, round ${bet.roundRef})`,
    before: { status, held: release },
    after: { status: "VOIDED" },
  };
}

/** A name-based UUID (RFC 9562 §5.8, version 8). */
function uuidOf(name: string): string {
  const bytes = createHash("sha256").update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
