/**
 * Appends what a batch decided: one set-based statement a table, all queued at once, COMMIT last. Nothing is
 * acknowledged before this returns. A statement that fails takes the whole batch with it.
 */
import type { Accepted, Refused, WalletState } from "@pitboss/domain/wallet/book";
import { currencies } from "@pitboss/domain/wallet/currency";
import {
  betOutcomes,
  betStatuses,
  fundingPolicies,
  requestKinds,
  type RoundStatus,
  roundStatuses,
  transactionTypes,
  walletKinds,
} from "@pitboss/domain/wallet/ledger-codes";
import { batchOf } from "@pitboss/domain/wallet/transaction-id";
import { type Cell, numberArray, textArray } from "../../kernel/arrays.ts";
import type { Session, Statement } from "../../kernel/session.ts";
import type { Envelope, RoundName } from "./envelope.ts";

const insertTransactions: Statement = {
  name: "insert-transactions",
  text: `INSERT INTO transactions (id, player_id, reference, trace_id, type, request_uuid, request_id, actor, details)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::uuid[], $5::smallint[], $6::uuid[], $7::text[], $8::text[],
                              $9::jsonb[])`,
};
/** The trigger on postings moves the wallets. */
const insertPostings: Statement = {
  name: "insert-postings",
  text: `INSERT INTO postings (wallet_id, transaction_id, available, held, available_after, held_after, currency)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::smallint[])`,
};
const insertBets: Statement = {
  name: "insert-bets",
  text: `INSERT INTO bets (id, player_id, round_hash, stake, bonus_wallet_id, bonus_part, max_bet, balance_after, session_id,
                           device, game_id, currency, round_ref, selection)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                              $8::bigint[], $9::bigint[], $10::bigint[], $11::integer[], $12::smallint[], $13::text[], $14::json[])`,
};
const insertTransitions: Statement = {
  name: "insert-transitions",
  text: `INSERT INTO bet_transitions (bet_id, transaction_id, settled_cash, settled_bonus, paid_cash, paid_bonus, number, status,
                                      outcome, late)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::smallint[],
                              $8::smallint[], $9::smallint[], $10::boolean[])`,
};
const insertRequests: Statement = {
  name: "insert-requests",
  text: `INSERT INTO requests (key, body_hash, ref, kind, answer)
         SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[])`,
};
/** A round may close and take a late credit in one batch: its row comes once, with its closer and its last status. */
const upsertRounds: Statement = {
  name: "upsert-rounds",
  text: `INSERT INTO rounds (round_hash, player_id, provider_id, round_ref, status, closed_by)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::text[], $5::smallint[], $6::bigint[])
         ON CONFLICT (round_hash, player_id, provider_id, round_ref)
         DO UPDATE SET status = excluded.status`,
};
/** Answers the ids in the order of the arrays, so that requests can point at their denials in a later statement. */
const insertDenials: Statement = {
  name: "insert-denials",
  text: `INSERT INTO denials (player_id, request_key, trace_id, rule_version, command, code, rule, detail, inputs)
         SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[])
         RETURNING id, request_key`,
};
const insertDevices: Statement = {
  name: "insert-devices",
  text: `INSERT INTO devices (id, player_id, ip, user_agent)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::inet[], $4::text[]) ON CONFLICT (id) DO NOTHING`,
};
const insertOutbox: Statement = {
  name: "insert-outbox",
  text: "INSERT INTO outbox (batch, transactions, events) VALUES ($1::bigint, $2::integer, $3::jsonb)",
};
const insertWallets: Statement = {
  name: "insert-wallets",
  text: `INSERT INTO wallets (player_id, kind, currency, funding_policy, stripe, qualifier)
         SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::smallint[], $5::smallint[], $6::text[])
         RETURNING id, coalesce(player_id, 0), kind, currency, qualifier`,
};
const commit: Statement = { name: "commit", text: "COMMIT" };

export interface AcceptedCommand {
  readonly envelope: Envelope;
  readonly decision: Accepted;
  /** The first answer as it goes over the wire; null on a placed bet, whose answer is in the bet's row. */
  readonly answer: string | null;
}

export interface RefusedCommand {
  readonly envelope: Envelope;
  readonly decision: Refused;
  /** False where the same request may succeed later, so that its refusal is not its answer for ever. */
  readonly final: boolean;
}

/** An event that the ledger's rows don't tell by themselves. */
export type SideEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface Batch {
  readonly firstId: bigint;
  readonly stripe: number | undefined;
  readonly accepted: readonly AcceptedCommand[];
  readonly refused: readonly RefusedCommand[];
  readonly events: readonly SideEvent[];
}

/** The commit did not happen although every statement went through; the transaction was rolled back. */
export class CommitRefusedError extends Error {}

export async function writeBatch(session: Session, batch: Batch): Promise<void> {
  await writeNewWallets(session, batch);
  const denialIds = await writeDenials(session, batch.refused);
  const writes = [
    ...writeLedger(session, batch.accepted),
    ...writeBets(session, batch.accepted),
    ...writeRequests(session, batch, denialIds),
    session.run(insertOutbox, [
      batchOf(batch.firstId).toString(),
      batch.accepted.reduce((count, { decision }) => count + decision.transactions.length, 0),
      batch.events.length === 0 ? null : JSON.stringify(batch.events),
    ]),
    session.run(commit),
  ];
  // Every statement must be waited for, or the rejections of those behind the first failure would be lost.
  const results = await Promise.allSettled(writes);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  const last = results.at(-1);
  if (last?.status !== "fulfilled" || last.value.command !== "COMMIT") {
    throw new CommitRefusedError("COMMIT was answered with a rollback");
  }
}

/** The spelling in which PostgreSQL writes a UUID; others would not come back as they were sent. */
const usualUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function writeLedger(session: Session, accepted: readonly AcceptedCommand[]): Promise<{ command: string }>[] {
  const t = {
    id: [] as Cell[],
    player: [] as Cell[],
    reference: [] as Cell[],
    trace: [] as string[],
    type: [] as Cell[],
  };
  const text = {
    uuid: [] as (string | null)[],
    request: [] as (string | null)[],
    actor: [] as (string | null)[],
    details: [] as (string | null)[],
  };
  const p: [Cell[], Cell[], Cell[], Cell[], Cell[], Cell[], Cell[]] = [[], [], [], [], [], [], []];
  for (const { envelope, decision } of accepted) {
    for (const transaction of decision.transactions) {
      t.id.push(transaction.id);
      t.player.push(transaction.playerId);
      t.reference.push(transaction.reference);
      t.trace.push(envelope.traceId);
      t.type.push(transactionTypes[transaction.type]);
      const isUuid = envelope.requestId !== null && usualUuid.test(envelope.requestId);
      text.uuid.push(isUuid ? envelope.requestId : null);
      text.request.push(isUuid ? null : envelope.requestId);
      text.actor.push(envelope.actor);
      text.details.push(transaction.details === undefined ? null : JSON.stringify(transaction.details));
      for (const leg of transaction.legs) {
        p[0].push(leg.wallet.id);
        p[1].push(transaction.id);
        p[2].push(leg.available);
        p[3].push(leg.held);
        p[4].push(leg.availableAfter);
        p[5].push(leg.heldAfter);
        p[6].push(currencies[leg.wallet.currency].number);
      }
    }
  }
  if (t.id.length === 0) return [];
  return [
    session.run(insertTransactions, [
      numberArray(t.id),
      numberArray(t.player),
      numberArray(t.reference),
      textArray(t.trace),
      numberArray(t.type),
      textArray(text.uuid),
      textArray(text.request),
      textArray(text.actor),
      textArray(text.details),
    ]),
    session.run(insertPostings, p.map(numberArray)),
  ];
}

function writeBets(session: Session, accepted: readonly AcceptedCommand[]): Promise<{ command: string }>[] {
  const writes = [];
  const placed = accepted.filter(({ decision }) => decision.placed !== undefined);
  if (placed.length > 0) writes.push(session.run(insertBets, betColumns(placed)));
  const transitions = accepted.flatMap(({ decision }) => decision.transitions ?? []);
  if (transitions.length > 0) {
    writes.push(
      session.run(insertTransitions, [
        numberArray(transitions.map(({ bet }) => bet.id)),
        numberArray(transitions.map(({ transactionId }) => transactionId)),
        numberArray(transitions.map(({ settledCash }) => settledCash)),
        numberArray(transitions.map(({ settledBonus }) => settledBonus)),
        numberArray(transitions.map(({ paidCash }) => paidCash)),
        numberArray(transitions.map(({ paidBonus }) => paidBonus)),
        numberArray(transitions.map(({ number }) => number)),
        numberArray(transitions.map(({ status }) => betStatuses[status])),
        numberArray(transitions.map(({ outcome }) => (outcome === null ? null : betOutcomes[outcome]))),
        numberArray(transitions.map(({ late }) => late)),
      ]),
    );
  }
  const rounds = movedRounds(accepted);
  if (rounds.length > 0) writes.push(session.run(upsertRounds, roundColumns(rounds)));
  const devices = placed.flatMap(({ envelope }) =>
    envelope.device === undefined ? [] : [{ ...envelope.device, playerId: envelope.command.playerId }],
  );
  if (devices.length > 0) {
    // Two batches may meet the same new devices: written in one order everywhere, they can't wait for each other.
    devices.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    writes.push(
      session.run(insertDevices, [
        numberArray(devices.map(({ id }) => id)),
        numberArray(devices.map(({ playerId }) => playerId)),
        textArray(devices.map(({ ip }) => ip)),
        textArray(devices.map(({ userAgent }) => userAgent)),
      ]),
    );
  }
  return writes;
}

function betColumns(placed: readonly AcceptedCommand[]): string[] {
  const n: Cell[][] = Array.from({ length: 12 }, () => []);
  const refs: (string | null)[] = [];
  const selections: (string | null)[] = [];
  for (const { envelope, decision } of placed) {
    if (decision.placed === undefined) continue;
    const { bet, maxBet, balanceAfter } = decision.placed;
    const row: Cell[] = [
      bet.id,
      bet.playerId,
      envelope.round?.hash ?? 0n,
      bet.stake,
      bet.bonusWalletId,
      bet.bonusPart === 0n ? null : bet.bonusPart,
      maxBet,
      balanceAfter,
      envelope.sessionId ?? null,
      envelope.device?.id ?? envelope.deviceId ?? null,
      bet.gameId,
      currencies[bet.currency].number,
    ];
    for (let column = 0; column < row.length; column += 1) n[column]?.push(row[column] ?? null);
    refs.push(envelope.round?.ref ?? "");
    selections.push(envelope.selection ?? "[]");
  }
  return [...n.map(numberArray), textArray(refs), textArray(selections)];
}

interface MovedRound {
  readonly round: RoundName;
  readonly playerId: bigint;
  readonly closedBy: bigint;
  readonly status: RoundStatus;
}

function movedRounds(accepted: readonly AcceptedCommand[]): MovedRound[] {
  const rounds = new Map<string, MovedRound>();
  for (const { envelope, decision } of accepted) {
    if (envelope.round === undefined || decision.round === undefined) continue;
    const { roundKey, status } = decision.round;
    const closedBy = rounds.get(roundKey)?.closedBy ?? decision.transactions[0]?.id ?? 0n;
    rounds.set(roundKey, { round: envelope.round, playerId: envelope.command.playerId, closedBy, status });
  }
  return [...rounds.values()];
}

function roundColumns(rows: readonly MovedRound[]): string[] {
  return [
    numberArray(rows.map(({ round }) => round.hash)),
    numberArray(rows.map(({ playerId }) => playerId)),
    numberArray(rows.map(({ round }) => round.providerId)),
    textArray(rows.map(({ round }) => round.ref)),
    numberArray(rows.map(({ status }) => roundStatuses[status])),
    numberArray(rows.map(({ closedBy }) => closedBy)),
  ];
}

function writeRequests(
  session: Session,
  batch: Batch,
  denialIds: ReadonlyMap<string, bigint>,
): Promise<{ command: string }>[] {
  const keys: string[] = [];
  const columns = { hash: [] as Cell[], ref: [] as Cell[], kind: [] as Cell[] };
  const answers: (string | null)[] = [];
  const add = (key: string, hash: bigint | null, ref: bigint | null, kind: number, answer: string | null): void => {
    keys.push(key);
    columns.hash.push(hash);
    columns.ref.push(ref);
    columns.kind.push(kind);
    answers.push(answer);
  };
  for (const { envelope, decision, answer } of batch.accepted) {
    const { requestKey, bodyHash } = envelope.command;
    if (decision.placed !== undefined) add(requestKey, bodyHash, decision.placed.bet.id, requestKinds.PLACED, answer);
    else add(requestKey, bodyHash, decision.transactions[0]?.id ?? null, requestKinds.ANSWERED, answer);
    if (decision.tombstone !== undefined) add(decision.tombstone, null, null, requestKinds.TOMBSTONE, null);
  }
  for (const { envelope, final } of batch.refused) {
    if (!final) continue;
    const { requestKey, bodyHash } = envelope.command;
    add(requestKey, bodyHash, denialIds.get(requestKey) ?? null, requestKinds.DENIED, null);
  }
  if (keys.length === 0) return [];
  return [
    session.run(insertRequests, [
      textArray(keys),
      numberArray(columns.hash),
      numberArray(columns.ref),
      numberArray(columns.kind),
      textArray(answers),
    ]),
  ];
}

async function writeDenials(session: Session, refused: readonly RefusedCommand[]): Promise<Map<string, bigint>> {
  if (refused.length === 0) return new Map();
  const { rows } = await session.run(insertDenials, [
    numberArray(refused.map(({ envelope }) => envelope.command.playerId)),
    textArray(refused.map(({ envelope }) => envelope.command.requestKey)),
    textArray(refused.map(({ envelope }) => envelope.traceId)),
    numberArray(refused.map(({ decision }) => decision.ruleVersion)),
    textArray(refused.map(({ envelope }) => envelope.command.type)),
    textArray(refused.map(({ decision }) => decision.failure.code)),
    textArray(refused.map(({ decision }) => decision.rule)),
    textArray(refused.map(({ decision }) => decision.failure.detail ?? null)),
    textArray(refused.map(({ decision }) => JSON.stringify(decision.inputs))),
  ]);
  return new Map(rows.map(([id, key]) => [key ?? "", BigInt(id ?? 0)]));
}

/** Gives ids to the wallets that this batch moves for the first time. The player's lock, or the stripe's, keeps others out. */
async function writeNewWallets(session: Session, batch: Batch): Promise<void> {
  const fresh = new Map<string, WalletState>();
  for (const { decision } of batch.accepted) {
    for (const { legs } of decision.transactions) {
      for (const { wallet } of legs) if (wallet.id === 0n) fresh.set(walletKey(wallet), wallet);
    }
  }
  if (fresh.size === 0) return;
  const wallets = [...fresh.values()];
  const { rows } = await session.run(insertWallets, [
    numberArray(wallets.map(({ playerId }) => playerId ?? null)),
    numberArray(wallets.map(({ kind }) => walletKinds[kind])),
    numberArray(wallets.map(({ currency }) => currencies[currency].number)),
    numberArray(
      wallets.map(({ fundingPolicy }) => (fundingPolicy === undefined ? null : fundingPolicies[fundingPolicy])),
    ),
    numberArray(wallets.map(({ playerId }) => (playerId === undefined ? (batch.stripe ?? 0) : 0))),
    textArray(wallets.map(({ qualifier }) => qualifier)),
  ]);
  for (const [id, player, kind, currency, qualifier] of rows) {
    const wallet = fresh.get(`${player}|${kind}|${currency}|${qualifier}`);
    if (wallet !== undefined) wallet.id = BigInt(id ?? 0);
  }
}

function walletKey({ playerId, kind, currency, qualifier }: WalletState): string {
  return `${playerId ?? 0}|${walletKinds[kind]}|${currencies[currency].number}|${qualifier}`;
}
