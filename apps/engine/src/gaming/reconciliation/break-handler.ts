/** Breaks of game providers: what ends them, the records on both sides, and the movements of players' money. */
import { randomUUID } from "node:crypto";
import { auditStatementValues, writeAuditStatement } from "@pitboss/db/audit/write-audit";
import { findProviderFile, listToldRounds } from "@pitboss/db/gaming/provider-file-store";
import { findProviderId } from "@pitboss/db/gaming/provider-store";
import { applyApprovalStatement, applyApprovalValues } from "@pitboss/db/identity/approval-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { BreakRecord } from "@pitboss/db/ops/break-store";
import type { Command } from "@pitboss/domain/gaming/decide";
import type { OwnRound } from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import {
  planCorrections,
  type RoundCorrection,
  sayCorrection,
} from "@pitboss/domain/gaming/reconciliation/plan-corrections";
import {
  roundBreakTypes,
  type RoundBreakType,
  sumOwnRound,
} from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import type { ToldRound } from "@pitboss/domain/gaming/reconciliation/read-round-file";
import { decideApproval } from "@pitboss/domain/identity/approval-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { auditEntryOf } from "../../audit/acting.ts";
import { approvalState } from "../../identity/approvals/approval-view.ts";
import { appliedOf, applyNote } from "../../identity/approvals/finish-approval.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { AppliedCorrection, BreakEvidence, BreakHandler } from "../../ops/breaks/break-handler.ts";
import { nameRound } from "../read-command.ts";
import { hash64, requestKey } from "../request-key.ts";
import { loadRound } from "./load-day.ts";
import { describeBreak } from "./reconcile-day.ts";

export const providerBreakHandler: BreakHandler = {
  async plan({ db }, found, { method }) {
    if (method !== "POST") return ok({ posting: null, matches: [] });
    const sides = await loadSides(db, found);
    const type = roundBreakTypes.find((one) => one === found.type);
    if (sides === undefined || type === undefined) return err("RECORD_NOT_FOUND");
    const stands = checkStands(found, type, sides);
    if (!stands.ok) return stands;
    const corrections = planCorrections({ type, ...sides });
    return corrections.ok ? ok({ posting: null, matches: [], corrections: corrections.value }) : corrections;
  },
  settle: () => Promise.resolve(ok(undefined)),
  correct: applyCorrections,
  async show({ db }, found) {
    const sides = await loadSides(db, found);
    return sides === undefined ? [] : showSides(sides);
  },
};

interface Sides {
  readonly providerId: number;
  readonly own: OwnRound | null;
  readonly told: ToldRound | null;
}

/** Both sides as they stand now: the ledger's, and the newest file's of the day. */
async function loadSides(db: Executor, { subject }: BreakRecord): Promise<Sides | undefined> {
  const { provider, day, playerId: player, roundId, line } = subject;
  if (provider === undefined || day === undefined || player === undefined || roundId === undefined) return undefined;
  const providerId = await findProviderId(db, provider);
  if (providerId === undefined) return undefined;
  const file = await findProviderFile(db, providerId, day);
  const rows = file === undefined ? [] : await listToldRounds(db, file.id, roundId);
  const named = rows.filter((row) => row.player === player);
  const told = named.find((row) => String(row.line) === line) ?? named[0] ?? null;
  const playerId = parseId("player", player);
  return {
    providerId,
    told,
    own: playerId === undefined ? null : await loadRound(db, { providerId, day }, playerId, roundId),
  };
}

/** A round that has moved since the run is another difference, or none: the next run tells. */
function checkStands(found: BreakRecord, type: RoundBreakType, { own, told }: Sides): Result<true> {
  const now = describeBreak({ type, own, told }, found.subject["provider"] ?? "", found.subject["day"] ?? "");
  const same = now.subject["here"] === found.subject["here"] && now.subject["there"] === found.subject["there"];
  return same ? ok(true) : err("BREAK_NOT_OPEN", "A side has changed since it was compared; compare the day again.");
}

function showSides({ own, told }: Sides): BreakEvidence[] {
  const evidence: BreakEvidence[] = [];
  if (own !== null) {
    const { bets, wins, status } = sumOwnRound(own);
    const { currency } = own;
    const one = ({ betId, stake, paid, status: state, givenBack }: OwnRound["bets"][number]): string =>
      `${formatId("bet", betId)} ${givenBack ? "given back" : state}: ${formatMinor(stake, currency)} staked, ${formatMinor(paid, currency)} paid`;
    evidence.push({
      side: "OURS",
      record: "ROUND",
      facts: {
        roundId: own.roundRef,
        playerId: formatId("player", own.playerId),
        at: new Date(own.startedAtMs).toISOString(),
        status,
        bets: `${formatMinor(bets, currency)} ${currency}`,
        wins: `${formatMinor(wins, currency)} ${currency}`,
        ...(own.houseWins > 0n ? { withoutBet: `${formatMinor(own.houseWins, currency)} ${currency}` } : {}),
        list: own.bets.map(one).join("; "),
      },
    });
  }
  if (told !== null) {
    const { currency, line, player, roundRef, status, bets, wins } = told;
    evidence.push({
      side: "THEIRS",
      record: "FILE_LINE",
      facts: {
        line: String(line),
        roundId: roundRef,
        playerId: player,
        status,
        bets: `${formatMinor(bets, currency)} ${currency}`,
        wins: `${formatMinor(wins, currency)} ${currency}`,
      },
    });
  }
  return evidence;
}

/**
 * One command after the other, each under a request id of its own for ever, so that what was cut off goes on where it
 * was. The last one ends the proposal in its own transaction.
 */
async function applyCorrections(deps: StaffDeps, applied: AppliedCorrection): Promise<Result<JsonObject>> {
  const { approval, content, found } = applied;
  const event = { type: "apply", contentHash: approval.contentHash } as const;
  const allowed = decideApproval(approvalState(approval), event, deps.clock.now());
  if (!allowed.ok) return allowed;
  const { corrections } = content;
  if (corrections.length === 1) {
    const stands = await checkNow(deps, found);
    if (!stands.ok) return stands;
  }
  const result: JsonObject = { corrected: corrections.map(sayCorrection) };
  for (const [index, correction] of corrections.entries()) {
    const done = await sendCorrection(deps, applied, {
      correction,
      index,
      last: index === corrections.length - 1,
      result,
    });
    if (!done.ok) return done;
  }
  return ok(result);
}

async function checkNow({ db }: StaffDeps, found: BreakRecord): Promise<Result<true>> {
  const sides = await loadSides(db, found);
  const type = roundBreakTypes.find((one) => one === found.type);
  if (sides === undefined || type === undefined) return err("RECORD_NOT_FOUND");
  const stands = checkStands(found, type, sides);
  return stands.ok ? stands : err("APPROVAL_CHANGED", "The round is no longer as it was when this was proposed.");
}

interface Step {
  readonly correction: RoundCorrection;
  readonly index: number;
  readonly last: boolean;
  readonly result: JsonObject;
}

async function sendCorrection(
  { db, lanes }: StaffDeps,
  { acting, approval, content, found }: AppliedCorrection,
  { correction, index, last, result }: Step,
): Promise<Result<true>> {
  const approvalId = formatId("approval", approval.id);
  const requestId = `${approvalId}:${index}`;
  const providerId = await findProviderId(db, found.subject["provider"] ?? "");
  if (providerId === undefined) return err("PROVIDER_NOT_FOUND");
  const base = { requestKey: requestKey("approvals", requestId), bodyHash: hash64(`${approval.contentHash}|${index}`) };
  const command = commandOf(correction, { ...base, providerId, reason: content.reason });
  if (!command.ok) return command;
  const entry = auditEntryOf(acting, {
    action: "round.correct",
    subject: { kind: "player", id: correction.playerId },
    reason: content.reason,
    after: { ...correction, breakId: content.breakId },
    approvalId,
  });
  const end = { ...appliedOf(approval, acting), result };
  const note = auditEntryOf(acting, applyNote(approval, result));
  const answer = await lanes.submit({
    requestId,
    traceId: acting.traceId ?? randomUUID(),
    actor: `${acting.actorKind}:${acting.actorId}`,
    command: command.value.command,
    ...(command.value.round === undefined ? {} : { round: command.value.round }),
    alongside: [
      { statement: writeAuditStatement, values: auditStatementValues(entry) },
      ...(last
        ? [
            { statement: applyApprovalStatement, values: applyApprovalValues(end) },
            { statement: writeAuditStatement, values: auditStatementValues(note) },
          ]
        : []),
    ],
  });
  if (answer.kind === "failed") return { ok: false, error: answer.failure };
  const { outcome } = answer.ran;
  return outcome.kind === "refused" ? { ok: false, error: outcome.decision.failure } : ok(true);
}

interface CommandBase {
  readonly requestKey: string;
  readonly bodyHash: bigint;
  readonly providerId: number;
  readonly reason: string;
}

interface RoundCommand {
  readonly command: Command;
  readonly round?: ReturnType<typeof nameRound>;
}

function commandOf(correction: RoundCorrection, { providerId, reason, ...base }: CommandBase): Result<RoundCommand> {
  const { currency } = correction;
  const playerId = parseId("player", correction.playerId) ?? 0n;
  if (correction.do === "CREDIT") return creditCommand(correction, playerId, { ...base, providerId, reason });
  const betId = parseId("bet", correction.betId) ?? 0n;
  const about = { ...base, playerId, bet: { betId }, onlyProvider: providerId, reason };
  if (correction.do === "VOID") {
    const held = parseAmount(correction.held, currency);
    return held.ok ? ok({ command: { type: "void", ...about, held: held.value } }) : held;
  }
  const payout = parseAmount(correction.payout, currency);
  if (!payout.ok) return payout;
  const { outcome } = correction;
  return ok({ command: { type: "correct", ...about, outcome, currency, payout: payout.value } });
}

function creditCommand(
  { currency, amount: text, betId, roundRef, close }: Extract<RoundCorrection, { do: "CREDIT" }>,
  playerId: bigint,
  { providerId, reason: _reason, ...base }: CommandBase,
): Result<RoundCommand> {
  const amount = parseAmount(text, currency);
  if (!amount.ok) return amount;
  const round = roundRef === null ? undefined : nameRound(providerId, playerId, roundRef);
  const bet = betId === null ? null : { betId: parseId("bet", betId) ?? 0n };
  const command: Command = {
    type: "win",
    ...base,
    playerId,
    providerId,
    gameId: null,
    roundKey: round?.key ?? null,
    currency,
    amount: amount.value,
    bet,
    close,
    source: "WIN",
    withoutBet: "HOUSE",
    again: "PAY",
  };
  return ok({ command, ...(round === undefined ? {} : { round }) });
}
