/**
 * Looks at the past of the addresses of one transfer: first on the lists of sanctions that the house has, and then, where
 * an analyst is set up, with the analyst. What was found is kept with all that it was decided on.
 */
import { findListedAddresses, insertKytCheck } from "@pitboss/db/compliance/kyt-store";
import { decideKyt, type KytFinding, kytRuleVersion } from "@pitboss/domain/compliance/kyt/decide-kyt";
import type { JsonObject, JsonValue } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Context } from "../../kernel/context.ts";
import type { KytAnalyst, KytQuestion } from "./kyt-analyst.ts";

export interface LookWish
  extends Pick<KytQuestion, "direction" | "asset" | "amount" | "address" | "hash" | "reference"> {
  readonly playerId: bigint;
  readonly depositId: bigint | null;
  readonly payoutId: bigint | null;
  /** The other side's addresses: where it came from, or where it is to go. */
  readonly addresses: readonly string[];
}

export interface Looked extends KytFinding {
  readonly id: bigint;
}

/** Undefined while the analyst does not answer: nobody knows yet, and nothing moves on. */
export async function lookAtAddresses(
  { db, clock, log }: Context,
  analyst: KytAnalyst | undefined,
  wish: LookWish,
): Promise<Looked | undefined> {
  const listed = await findListedAddresses(db, wish.addresses);
  const playerId = formatId("player", wish.playerId);
  const { direction, asset, amount, address, hash, reference } = wish;
  const question: KytQuestion = { direction, asset, amount, address, hash, reference, playerId, atMs: clock.now() };
  // Whoever stands on a list is not asked about any further.
  const answer = analyst === undefined || listed.length > 0 ? undefined : await analyst.ask(question);
  if (answer?.kind === "pending") return undefined;
  if (answer?.kind === "unanswered") {
    log.warn({ analyst: analyst?.code, why: answer.why, about: reference }, "the past of an address is not known yet");
    return undefined;
  }
  const alerts = answer?.alerts ?? [];
  const finding = decideKyt({ listed, alerts });
  const inputs: JsonObject = {
    listed: listed as unknown as JsonValue,
    alerts: alerts as unknown as JsonValue,
    answer: answer?.raw ?? null,
    question: question as unknown as JsonValue,
  };
  const id = await insertKytCheck(db, {
    direction,
    playerId: wish.playerId,
    depositId: wish.depositId,
    payoutId: wish.payoutId,
    asset,
    addresses: [...wish.addresses],
    txHash: hash,
    provider: answer === undefined ? "lists" : (analyst?.code ?? "lists"),
    decision: finding.decision,
    score: finding.score,
    reasons: [...finding.reasons],
    ruleVersion: kytRuleVersion,
    inputs,
  });
  return { id, ...finding };
}
