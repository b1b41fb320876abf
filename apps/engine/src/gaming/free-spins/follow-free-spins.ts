/**
 * Whatever is due of free spins: they are sent, what was not answered is asked about, cancellations are carried out, and
 * those whose time is over are closed. That something is sent is written before the provider hears of it.
 */
import {
  findFreeSpins,
  type FreeSpinsRecord,
  markRecallSent,
  moveFreeSpins,
  setFreeSpinsWork,
} from "@pitboss/db/gaming/free-spin-store";
import {
  decideAsked,
  decideCancelled,
  decideIssued,
  decideRecalled,
  type IssueStep,
  type RecallStep,
} from "@pitboss/domain/gaming/free-spins/judge-free-spins";
import { askAgainMs, mayResend } from "@pitboss/domain/gaming/game-bank/judge-transfer";
import { defaultFreeSpins, type FreeSpinsPolicy } from "@pitboss/domain/gaming/provider-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Context } from "../../kernel/context.ts";
import type { Integration, Integrations } from "../dialects/kit/integrations.ts";
import { callAboutFreeSpins } from "./free-spins-client.ts";

export interface FreeSpinsDesk extends Context {
  readonly integrations: Pick<Integrations, "byCode">;
}

const actor = "job:free-spins";
/** Beyond the time that an answer is waited for: whoever sent it by then did not live to see it, ms. */
const leaseMs = 10_000;
/** How long after their time a provider may still tell of what was won, before they are closed without it, ms. */
const graceMs = 24 * 3_600_000;

interface Turn {
  readonly desk: FreeSpinsDesk;
  readonly issue: FreeSpinsRecord;
  readonly partner: Integration;
  readonly policy: FreeSpinsPolicy;
}

export async function followFreeSpins(desk: FreeSpinsDesk, id: bigint): Promise<void> {
  const issue = await findFreeSpins(desk.db, id);
  if (issue === undefined || issue.workAt === null) return;
  const partner = desk.integrations.byCode(issue.provider);
  const policy = partner?.policy.freeSpins;
  if (partner === undefined || policy == null) return waitLonger(desk, issue, defaultFreeSpins);
  const turn: Turn = { desk, issue, partner, policy };
  switch (issue.state) {
    case "REQUESTED":
      return send(turn);
    case "SENT":
      return void (await lose(turn, "The answer was never seen."));
    case "UNKNOWN":
      return policy.asks ? ask(turn) : resend(turn);
    case "ISSUED":
    case "ACTIVE":
      return closeOld(turn);
    case "RECALLING":
      return recall(turn);
    default:
      return;
  }
}

async function send({ desk, issue, partner, policy }: Turn): Promise<void> {
  const workAt = new Date(desk.clock.now() + policy.answerWithinMs + leaseMs);
  const event = issue.state === "REQUESTED" ? "send" : "resend";
  if (!(await moveFreeSpins(desk.db, issue, { event, actor, change: { workAt } }))) return;
  const sent: FreeSpinsRecord = { ...issue, state: "SENT" };
  const report = await callAboutFreeSpins(partner, desk.clock.now(), "issue", sent);
  await take({ desk, issue: sent, partner, policy }, decideIssued(report, policy.asks));
}

async function resend(turn: Turn): Promise<void> {
  const { desk, issue, policy } = turn;
  const lastSentMs = (issue.lastSentAt ?? issue.createdAt).getTime();
  if (mayResend({ lastSentMs, nowMs: desk.clock.now() }, policy)) return send(turn);
  return waitLonger(desk, issue, policy);
}

async function ask(turn: Turn): Promise<void> {
  const { desk, issue, partner, policy } = turn;
  const step = decideAsked(await callAboutFreeSpins(partner, desk.clock.now(), "ask", issue));
  if (step === undefined) return resend(turn);
  // Nothing new is known of what was unknown before.
  if (step.event === "lose") return waitLonger(desk, issue, policy);
  return take(turn, step);
}

async function take(turn: Turn, step: IssueStep): Promise<void> {
  const { desk, issue } = turn;
  if (step.event === "lose") return lose(turn, step.why);
  if (step.event === "refuse") {
    const failure = { reason: step.reason, code: step.code, message: step.message };
    await moveFreeSpins(desk.db, issue, { event: "refuse", actor, details: failure, change: { failure } });
    return;
  }
  await moveFreeSpins(desk.db, issue, { event: step.event, actor, change: { workAt: issue.validUntil } });
}

async function lose({ desk, issue, policy }: Turn, why: string): Promise<void> {
  const workAt = new Date(desk.clock.now() + policy.retryFirstSeconds * 1_000);
  const lost = await moveFreeSpins(desk.db, issue, { event: "lose", actor, details: { why }, change: { workAt } });
  if (lost)
    desk.log.warn({ issue: formatId("freeSpins", issue.id), why }, "what became of free spins is not known yet");
}

/** Once their time is over the provider says how they ended; one that says nothing for a day has nothing to say. */
async function closeOld(turn: Turn): Promise<void> {
  const { desk, issue, partner, policy } = turn;
  const now = desk.clock.now();
  const endsMs = issue.validUntil.getTime();
  if (endsMs > now) return setFreeSpinsWork(desk.db, issue.id, issue.validUntil);
  const asked = policy.asks ? decideAsked(await callAboutFreeSpins(partner, now, "ask", issue)) : undefined;
  const event = asked?.event === "cancel" || asked?.event === "expire" ? asked.event : undefined;
  if (event === undefined && now - endsMs <= graceMs) return waitLonger(desk, issue, policy);
  await moveFreeSpins(desk.db, issue, { event: event ?? "expire", actor, details: { said: asked?.event ?? null } });
}

async function recall(turn: Turn): Promise<void> {
  const { desk, issue, policy } = turn;
  const { recallSentAt } = issue;
  if (recallSentAt === null) return sendRecall(turn);
  if (policy.asks && (await askRecalled(turn))) return;
  const now = desk.clock.now();
  if (now - issue.validUntil.getTime() > graceMs) {
    await moveFreeSpins(desk.db, issue, { event: "expire", actor });
    return;
  }
  if (mayResend({ lastSentMs: recallSentAt.getTime(), nowMs: now }, policy)) return sendRecall(turn);
  return waitLonger(desk, issue, policy);
}

async function sendRecall(turn: Turn): Promise<void> {
  const { desk, issue, partner, policy } = turn;
  const workAt = new Date(desk.clock.now() + policy.answerWithinMs + leaseMs);
  if (!(await markRecallSent(desk.db, issue.id, workAt))) return;
  const step = decideCancelled(await callAboutFreeSpins(partner, desk.clock.now(), "cancel", issue), policy.asks);
  if (step.event === null && step.askFirst) return settleConflict(turn);
  return takeRecalled(turn, step);
}

/** It can't be cancelled as it stands: it is over, or else it stays. */
async function settleConflict(turn: Turn): Promise<void> {
  if (await askRecalled(turn)) return;
  const said = { reason: "STATE_CONFLICT", code: "605", message: "It can't be cancelled as it stands." };
  return takeRecalled(turn, { event: "keep", ...said });
}

async function askRecalled({ desk, issue, partner }: Turn): Promise<boolean> {
  const event = decideRecalled(await callAboutFreeSpins(partner, desk.clock.now(), "ask", issue));
  if (event === null) return false;
  await moveFreeSpins(desk.db, issue, { event, actor });
  return true;
}

async function takeRecalled({ desk, issue, policy }: Turn, step: RecallStep): Promise<void> {
  if (step.event === null) {
    return setFreeSpinsWork(desk.db, issue.id, new Date(desk.clock.now() + policy.retryFirstSeconds * 1_000));
  }
  if (step.event !== "keep") {
    await moveFreeSpins(desk.db, issue, { event: step.event, actor });
    return;
  }
  const failure = { reason: step.reason, code: step.code, message: step.message };
  const change = { failure, workAt: issue.validUntil };
  await moveFreeSpins(desk.db, issue, { event: "keep", actor, details: failure, change });
}

async function waitLonger(
  { db, clock }: FreeSpinsDesk,
  { id, worked }: FreeSpinsRecord,
  policy: Pick<FreeSpinsPolicy, "retryFirstSeconds" | "retryMostSeconds">,
): Promise<void> {
  await setFreeSpinsWork(db, id, new Date(clock.now() + askAgainMs(worked, policy)));
}
