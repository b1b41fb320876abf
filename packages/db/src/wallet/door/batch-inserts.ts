/** The rows of a batch as set-based inserts, table by table. */
import type { BetState, Leg, LedgerTransaction, PlacedBet, WalletState } from "@pitboss/domain/wallet/book";
import { currencies } from "@pitboss/domain/wallet/currency";
import {
  betOutcomes,
  betStatuses,
  fundingPolicies,
  requestKinds,
  roundStatuses,
  type RoundStatus,
  transactionTypes,
  walletKinds,
} from "@pitboss/domain/wallet/ledger-codes";
import { type Insert, insertRows } from "../../kernel/insert-rows.ts";
import type { AcceptedCommand, Batch, RefusedCommand } from "./batch.ts";
import type { Envelope, RoundName } from "./envelope.ts";

/** The spelling in which PostgreSQL writes a UUID; others would not come back as they were sent. */
const usualUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Transactions, then their postings: the trigger on postings moves the wallets. */
export function ledgerInserts(accepted: readonly AcceptedCommand[]): Insert[] {
  const rows: { readonly envelope: Envelope; readonly row: LedgerTransaction; readonly uuid: string | null }[] = [];
  const postings: { readonly leg: Leg; readonly id: bigint }[] = [];
  for (const { envelope, decision } of accepted) {
    const uuid = envelope.requestId !== null && usualUuid.test(envelope.requestId) ? envelope.requestId : null;
    for (const row of decision.transactions) {
      rows.push({ envelope, row, uuid });
      for (const leg of row.legs) postings.push({ leg, id: row.id });
    }
  }
  if (rows.length === 0) return [];
  return [
    insertRows("transactions", rows, {
      id: ["bigint", ({ row }) => row.id],
      player_id: ["bigint", ({ row }) => row.playerId],
      reference: ["bigint", ({ row }) => row.reference],
      trace_id: ["uuid", ({ envelope }) => envelope.traceId],
      type: ["smallint", ({ row }) => transactionTypes[row.type]],
      request_uuid: ["uuid", ({ uuid }) => uuid],
      request_id: ["text", ({ envelope, uuid }) => (uuid === null ? envelope.requestId : null)],
      actor: ["text", ({ envelope }) => envelope.actor],
      details: ["jsonb", ({ row }) => (row.details === undefined ? null : JSON.stringify(row.details))],
    }),
    insertRows("postings", postings, {
      wallet_id: ["bigint", ({ leg }) => leg.wallet.id],
      transaction_id: ["bigint", ({ id }) => id],
      available: ["bigint", ({ leg }) => leg.available],
      held: ["bigint", ({ leg }) => leg.held],
      available_after: ["bigint", ({ leg }) => leg.availableAfter],
      held_after: ["bigint", ({ leg }) => leg.heldAfter],
      currency: ["smallint", ({ leg }) => currencies[leg.wallet.currency].number],
    }),
  ];
}

export function betInserts(accepted: readonly AcceptedCommand[]): Insert[] {
  const inserts: Insert[] = [];
  const placed: { readonly envelope: Envelope; readonly bet: BetState; readonly placed: PlacedBet }[] = [];
  for (const { envelope, decision } of accepted) {
    if (decision.placed !== undefined) placed.push({ envelope, bet: decision.placed.bet, placed: decision.placed });
  }
  if (placed.length > 0) {
    inserts.push(
      insertRows("bets", placed, {
        id: ["bigint", ({ bet }) => bet.id],
        player_id: ["bigint", ({ bet }) => bet.playerId],
        round_hash: ["bigint", ({ envelope }) => envelope.round?.hash ?? 0n],
        stake: ["bigint", ({ bet }) => bet.stake],
        bonus_wallet_id: ["bigint", ({ bet }) => bet.bonusWallet?.id ?? null],
        bonus_part: ["bigint", ({ bet }) => (bet.bonusPart === 0n ? null : bet.bonusPart)],
        max_bet: ["bigint", ({ placed: { maxBet } }) => maxBet],
        balance_after: ["bigint", ({ placed: { balanceAfter } }) => balanceAfter],
        session_id: ["bigint", ({ envelope }) => envelope.sessionId ?? null],
        device: ["bigint", ({ envelope }) => envelope.device?.id ?? envelope.deviceId ?? null],
        game_id: ["integer", ({ bet }) => bet.gameId],
        currency: ["smallint", ({ bet }) => currencies[bet.currency].number],
        round_ref: ["text", ({ envelope }) => envelope.round?.ref ?? ""],
        selection: ["json", ({ envelope }) => envelope.selection ?? "[]"],
        jackpot: ["text", ({ bet }) => bet.jackpot?.code ?? null],
        jackpot_part: ["bigint", ({ bet }) => bet.jackpot?.amount ?? null],
      }),
    );
  }
  const transitions = accepted.flatMap(({ decision }) => decision.transitions ?? []);
  if (transitions.length > 0) {
    inserts.push(
      insertRows("bet_transitions", transitions, {
        bet_id: ["bigint", ({ bet }) => bet.id],
        transaction_id: ["bigint", ({ transactionId }) => transactionId],
        settled_cash: ["bigint", ({ settledCash }) => settledCash],
        settled_bonus: ["bigint", ({ settledBonus }) => settledBonus],
        paid_cash: ["bigint", ({ paidCash }) => paidCash],
        paid_bonus: ["bigint", ({ paidBonus }) => paidBonus],
        number: ["smallint", ({ number }) => number],
        status: ["smallint", ({ status }) => betStatuses[status]],
        outcome: ["smallint", ({ outcome }) => (outcome === null ? null : betOutcomes[outcome])],
        late: ["boolean", ({ late }) => late],
      }),
    );
  }
  return [...inserts, ...roundInserts(accepted), ...deviceInserts(placed), ...jackpotInserts(accepted)];
}

function jackpotInserts(accepted: readonly AcceptedCommand[]): Insert[] {
  const payments = accepted.flatMap(({ envelope, decision }) =>
    (decision.jackpotPayments ?? []).map((payment) => ({ payment, key: envelope.command.requestKey })),
  );
  if (payments.length === 0) return [];
  return [
    insertRows("jackpot_payments", payments, {
      transaction_id: ["bigint", ({ payment }) => payment.transactionId],
      request_key: ["uuid", ({ key }) => key],
      player_id: ["bigint", ({ payment }) => payment.playerId],
      bet_id: ["bigint", ({ payment }) => payment.bet?.id ?? null],
      amount: ["bigint", ({ payment }) => payment.amount],
      currency: ["smallint", ({ payment }) => currencies[payment.currency].number],
      jackpot: ["text", ({ payment }) => payment.code],
    }),
  ];
}

interface MovedRound {
  readonly round: RoundName;
  readonly playerId: bigint;
  readonly closedBy: bigint;
  readonly status: RoundStatus;
}

/** A round may close and take a late credit in one batch: its row comes once, with its closer and its last status. */
function roundInserts(accepted: readonly AcceptedCommand[]): Insert[] {
  const rounds = new Map<string, MovedRound>();
  for (const { envelope, decision } of accepted) {
    if (decision.round === undefined || envelope.round === undefined) continue;
    const { status, roundKey } = decision.round;
    const closedBy = rounds.get(roundKey)?.closedBy ?? decision.transactions[0]?.id ?? 0n;
    rounds.set(roundKey, { round: envelope.round, playerId: envelope.command.playerId, closedBy, status });
  }
  if (rounds.size === 0) return [];
  return [
    insertRows(
      "rounds",
      [...rounds.values()],
      {
        round_hash: ["bigint", ({ round }) => round.hash],
        player_id: ["bigint", ({ playerId }) => playerId],
        provider_id: ["integer", ({ round }) => round.providerId],
        round_ref: ["text", ({ round }) => round.ref],
        status: ["smallint", ({ status }) => roundStatuses[status]],
        closed_by: ["bigint", ({ closedBy }) => closedBy],
      },
      "ON CONFLICT (round_hash, player_id, provider_id, round_ref) DO UPDATE SET status = excluded.status",
    ),
  ];
}

function deviceInserts(placed: readonly { readonly envelope: Envelope }[]): Insert[] {
  const devices = placed.flatMap(({ envelope }) =>
    envelope.device === undefined ? [] : [{ ...envelope.device, playerId: envelope.command.playerId }],
  );
  if (devices.length === 0) return [];
  // Two batches may meet the same new devices: written in one order everywhere, they can't wait for each other.
  devices.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return [
    insertRows(
      "devices",
      devices,
      {
        id: ["bigint", ({ id }) => id],
        player_id: ["bigint", ({ playerId }) => playerId],
        ip: ["inet", ({ ip }) => ip],
        user_agent: ["text", ({ userAgent }) => userAgent],
      },
      "ON CONFLICT (id) DO NOTHING",
    ),
  ];
}

interface RequestRow {
  readonly key: string;
  readonly bodyHash: bigint | null;
  readonly ref: bigint | null;
  readonly kind: number;
  readonly answer: string | null;
}

export function requestInserts(batch: Batch, denialIds: ReadonlyMap<string, bigint>): Insert[] {
  const rows: RequestRow[] = [];
  for (const { envelope, decision, answer } of batch.accepted) {
    const { requestKey: key, bodyHash } = envelope.command;
    if (decision.placed !== undefined) {
      rows.push({ key, bodyHash, ref: decision.placed.bet.id, kind: requestKinds.PLACED, answer });
    } else {
      rows.push({ key, bodyHash, ref: decision.transactions[0]?.id ?? null, kind: requestKinds.ANSWERED, answer });
    }
    for (const mark of [decision.tombstone, decision.undoes]) {
      if (mark !== undefined)
        rows.push({ key: mark, bodyHash: null, ref: null, kind: requestKinds.TOMBSTONE, answer: null });
    }
  }
  for (const { envelope, final } of batch.refused) {
    const { requestKey: key, bodyHash } = envelope.command;
    if (final) rows.push({ key, bodyHash, ref: denialIds.get(key) ?? null, kind: requestKinds.DENIED, answer: null });
  }
  if (rows.length === 0) return [];
  return [
    insertRows("requests", rows, {
      key: ["uuid", ({ key }) => key],
      body_hash: ["bigint", ({ bodyHash }) => bodyHash],
      ref: ["bigint", ({ ref }) => ref],
      kind: ["smallint", ({ kind }) => kind],
      answer: ["text", ({ answer }) => answer],
    }),
  ];
}

export function denialInsert(refused: readonly RefusedCommand[]): Insert {
  return insertRows(
    "denials",
    refused,
    {
      player_id: ["bigint", ({ envelope }) => envelope.command.playerId],
      request_key: ["uuid", ({ envelope }) => envelope.command.requestKey],
      trace_id: ["uuid", ({ envelope }) => envelope.traceId],
      rule_version: ["smallint", ({ decision }) => decision.ruleVersion],
      command: ["text", ({ envelope }) => envelope.command.type],
      code: ["text", ({ decision }) => decision.failure.code],
      rule: ["text", ({ decision }) => decision.rule],
      detail: ["text", ({ decision }) => decision.failure.detail ?? null],
      inputs: ["jsonb", ({ decision }) => JSON.stringify(decision.inputs)],
    },
    "RETURNING id, request_key",
  );
}

export function walletInsert(wallets: readonly WalletState[], stripe: number): Insert {
  return insertRows(
    "wallets",
    wallets,
    {
      player_id: ["bigint", ({ playerId }) => playerId ?? null],
      kind: ["smallint", ({ kind }) => walletKinds[kind]],
      currency: ["smallint", ({ currency }) => currencies[currency].number],
      funding_policy: [
        "smallint",
        ({ fundingPolicy }) => (fundingPolicy === undefined ? null : fundingPolicies[fundingPolicy]),
      ],
      stripe: ["smallint", ({ playerId }) => (playerId === undefined ? stripe : 0)],
      qualifier: ["text", ({ qualifier }) => qualifier],
    },
    "RETURNING id, coalesce(player_id, 0), kind, currency, qualifier",
  );
}
