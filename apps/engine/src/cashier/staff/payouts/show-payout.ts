/** Everything that whoever says yes or no to a payout needs, in one answer. */
import { findBankAccount } from "@pitboss/db/cashier/bank-account-store";
import { findAddressOfInstrument } from "@pitboss/db/cashier/crypto-address-store";
import { listDeposits } from "@pitboss/db/cashier/deposit-store";
import { listInstruments } from "@pitboss/db/cashier/instrument-store";
import { listPayouts } from "@pitboss/db/cashier/list-payouts";
import { findPayoutChain, findTravelMessage, type TravelMessage } from "@pitboss/db/cashier/payout-chain-store";
import { findBatchOfPayout } from "@pitboss/db/cashier/payout-batch-store";
import { findPolicyById } from "@pitboss/db/cashier/payout-policy-store";
import { findPayout, listPayoutSteps, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { listPayoutSends } from "@pitboss/db/cashier/payout-work-store";
import { listWebhooks } from "@pitboss/db/cashier/webhook-store";
import { listKytChecks } from "@pitboss/db/compliance/kyt-store";
import { readStanding } from "@pitboss/db/compliance/standing-store";
import { listApprovals } from "@pitboss/db/identity/approval-store";
import { findPlayer } from "@pitboss/db/identity/player-directory";
import type { NameMatch } from "@pitboss/domain/cashier/bank/compare-names";
import type { DepositState } from "@pitboss/domain/cashier/deposit-machine";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import type { PayoutCheck } from "@pitboss/domain/cashier/payout-checks";
import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import type { Hosting } from "@pitboss/domain/cashier/travel-rule";
import { payoutMessage } from "@pitboss/domain/cashier/payout-words";
import type { ScreeningState } from "@pitboss/domain/compliance/standing";
import { mayAny } from "@pitboss/domain/identity/permissions";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { formatTrace } from "../../../edge/problem.ts";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";
import { type Actor, checkPermission } from "../../../identity/actor.ts";
import { type ApprovalView, presentApprovals } from "../../../identity/approvals/approval-view.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { type InstrumentRow, presentInstrument } from "../instruments.ts";
import { type KytRow, presentKyt } from "../present-kyt.ts";
import { presentWebhook, type WebhookRow } from "../list-webhooks.ts";
import { stoppedBy } from "./approve-payout.ts";
import { type PayoutRow, presentPayoutRows } from "./present-payout-row.ts";

export interface PayoutDetail extends PayoutRow {
  readonly method: PaymentMethod;
  /** Of what goes over a chain: where it stands there, and who was told of it. */
  readonly chain: {
    readonly address: string;
    readonly hosting: Hosting;
    readonly provider: string | null;
    readonly txHash: string | null;
    readonly confirmations: number;
    readonly fee: { readonly asset: string; readonly amount: string } | null;
    readonly travel: {
      readonly state: TravelMessage["state"];
      readonly counterparty: string | null;
      readonly reference: string | null;
      readonly why: string | null;
      readonly sentAt: string | null;
      readonly answeredAt: string | null;
    } | null;
  } | null;
  /** What is known of where it goes; null where it is not for this reader. */
  readonly kyt: readonly KytRow[] | null;
  readonly requestId: string;
  readonly traceId: string;
  /** What the player is told. */
  readonly message: string;
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** What arrived, where that is less than the amount. */
  readonly paid: string | null;
  /** The file that it went to its bank in. */
  readonly batchId: string | null;
  /** How the holder's name of a bank account compares with the player's. */
  readonly nameMatch: NameMatch | null;
  readonly forfeitAccepted: boolean;
  readonly checks: readonly PayoutCheck[];
  /** Exactly what people say yes to; sent back with a yes. Null until it was judged. */
  readonly contentHash: string | null;
  readonly player: {
    readonly status: PlayerStatus;
    readonly country: string;
    readonly since: string;
    readonly kycLevel: number;
    /** Null where it is not for this reader. */
    readonly screening: ScreeningState | null;
    readonly screenedAt: string | null;
  };
  readonly instrument: InstrumentRow;
  /** All that the player brought: where money came from, and what went back. */
  readonly sources: readonly InstrumentRow[];
  readonly policy: {
    readonly autoBelow: string;
    readonly twoFrom: string;
    readonly lowRiskBelow: number;
  } | null;
  /** Proposals about it, newest first: who said yes or no to what. */
  readonly approvals: readonly ApprovalView[];
  readonly steps: readonly {
    readonly number: number;
    readonly at: string;
    readonly event: string;
    readonly from: PayoutState | null;
    readonly to: PayoutState;
    readonly source: string;
    readonly actor: string | null;
    readonly webhookId: string | null;
    readonly details: JsonObject | null;
  }[];
  /** Every time that the provider was asked to pay it. */
  readonly sends: readonly {
    readonly number: number;
    readonly begunAt: string;
    readonly endedAt: string | null;
    readonly outcome: string | null;
    readonly said: string | null;
  }[];
  readonly transactions: {
    readonly hold: string;
    readonly settle: string | null;
    readonly release: string | null;
  };
  readonly deposits: readonly {
    readonly depositId: string;
    readonly state: DepositState;
    readonly amount: string;
    readonly currency: string;
    readonly last4: string;
    readonly createdAt: string;
  }[];
  readonly earlier: readonly PayoutRow[];
  readonly webhooks: readonly WebhookRow[];
  /** What whoever asks may do with it now, and what keeps them from a yes. */
  readonly mayApprove: boolean;
  readonly mayReject: boolean;
  readonly stoppedBy: readonly PayoutCheck["name"][];
  readonly saidYes: boolean;
}

const mostRecords = 20;
const mostWebhooks = 50;

export const showPayout = procedure("payout.read")
  .input(z.object({ payoutId: idInput("payout") }))
  .query(async ({ ctx, input }): Promise<PayoutDetail> => {
    const { deps, actor } = ctx;
    const payout = (await findPayout(deps.db, input.payoutId)) ?? throwFailure({ code: "PAYOUT_NOT_FOUND" });
    const payoutId = formatId("payout", payout.id);
    const [row] = await presentPayoutRows(deps, [payout]);
    if (row === undefined) throwFailure({ code: "PAYOUT_NOT_FOUND" });
    const records = await listApprovals(deps.db, {
      kinds: ["payout.release"],
      subjectKind: "payout",
      subjectId: payoutId,
      limit: mostRecords,
    });
    const sources = (await listInstruments(deps.db, { playerId: payout.playerId, limit: mostRecords })).map(
      presentInstrument,
    );
    const instrumentId = formatId("instrument", payout.instrument.id);
    const instrument = sources.find((one) => one.instrumentId === instrumentId) ?? (await readOne(deps, payout));
    return {
      ...row,
      ...factsOf(payout),
      ...(await readTransfer(deps, payout)),
      chain: await readChain(deps, payout),
      kyt: presentKyt(await listKytChecks(deps.db, { payoutId: payout.id }), actor),
      ...hideScreening({ checks: payout.checks, player: await readPlayer(deps, payout) }, actor),
      instrument,
      sources,
      policy: await readPolicy(deps, payout),
      approvals: await presentApprovals(deps.db, records, actor, deps.clock.now()),
      ...(await readHistory(deps, payout)),
      ...(await readNeighbours(deps, payout)),
      ...allowed(payout, records, actor),
    };
  });

function factsOf(
  payout: PayoutRecord,
): Pick<
  PayoutDetail,
  | "method"
  | "requestId"
  | "traceId"
  | "message"
  | "failure"
  | "paid"
  | "forfeitAccepted"
  | "contentHash"
  | "transactions"
> {
  const { failure, settleId, releaseId } = payout;
  const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    method: payout.method,
    requestId: payout.requestId,
    traceId: formatTrace(payout.traceId),
    message: payoutMessage(payout.state, payout.rejection),
    failure: failure === null ? null : { code: textOf(failure["code"]), message: textOf(failure["message"]) },
    paid: payout.paid === null ? null : formatMinor(payout.paid, payout.currency),
    forfeitAccepted: payout.forfeitAccepted,
    contentHash: payout.contentHash,
    transactions: {
      hold: formatId("transaction", payout.holdId),
      settle: settleId === null ? null : formatId("transaction", settleId),
      release: releaseId === null ? null : formatId("transaction", releaseId),
    },
  };
}

/**
 * What lists of sanctions have on a player is for those alone who decide about it: the others see that compliance holds
 * the payout, or not, and nothing that could be passed on.
 */
function hideScreening<D extends Pick<PayoutDetail, "checks" | "player">>(detail: D, actor: Actor): D {
  if (checkPermission(actor, "screening.read", 0).ok) return detail;
  const checks = detail.checks.map((check) =>
    check.name !== "screening" && check.name !== "kyt"
      ? check
      : { ...check, inputs: {}, why: check.outcome === "PASS" ? "Nothing holds it." : "Compliance looks at it first." },
  );
  return { ...detail, checks, player: { ...detail.player, screening: null, screenedAt: null } };
}

async function readChain({ db }: StaffDeps, payout: PayoutRecord): Promise<PayoutDetail["chain"]> {
  const address = await findAddressOfInstrument(db, payout.instrument.id);
  if (address?.hosting == null) return null;
  const standing = await findPayoutChain(db, payout.id);
  const message = await findTravelMessage(db, payout.id);
  const { feeAsset = null, feeAmount = null } = standing ?? {};
  return {
    address: address.address,
    hosting: address.hosting,
    provider: address.provider,
    txHash: standing?.txHash ?? null,
    confirmations: standing?.confirmations ?? 0,
    fee: feeAsset === null || feeAmount === null ? null : { asset: feeAsset, amount: feeAmount },
    travel:
      message === undefined
        ? null
        : {
            state: message.state,
            counterparty: message.counterparty,
            reference: message.reference,
            why: message.why,
            sentAt: message.sentAt?.toISOString() ?? null,
            answeredAt: message.answeredAt?.toISOString() ?? null,
          },
  };
}

async function readTransfer(
  { db }: StaffDeps,
  { id, method, instrument }: PayoutRecord,
): Promise<Pick<PayoutDetail, "batchId" | "nameMatch">> {
  if (method !== "BANK_TRANSFER") return { batchId: null, nameMatch: null };
  const batch = await findBatchOfPayout(db, id);
  const account = await findBankAccount(db, instrument.id);
  return {
    batchId: batch === undefined ? null : formatId("payoutBatch", batch.id),
    nameMatch: account?.nameMatch ?? null,
  };
}

async function readOne({ db }: StaffDeps, payout: PayoutRecord): Promise<InstrumentRow> {
  const [found] = await listInstruments(db, { id: payout.instrument.id, limit: 1 });
  if (found === undefined) throwFailure({ code: "INSTRUMENT_NOT_FOUND" });
  return presentInstrument(found);
}

async function readPlayer({ db }: StaffDeps, { playerId }: PayoutRecord): Promise<PayoutDetail["player"]> {
  const player = (await findPlayer(db, playerId)) ?? throwFailure({ code: "PLAYER_NOT_FOUND" });
  const standing = await readStanding(db, playerId);
  return {
    status: player.status,
    country: player.country,
    since: player.createdAt.toISOString(),
    kycLevel: standing?.kycLevel ?? 0,
    screening: standing?.screening ?? "NEVER",
    screenedAt: standing?.screenedAt?.toISOString() ?? null,
  };
}

async function readPolicy({ db }: StaffDeps, payout: PayoutRecord): Promise<PayoutDetail["policy"]> {
  const policy = await findPolicyById(db, payout.policyId);
  if (policy === undefined) return null;
  const { currency } = payout;
  return {
    autoBelow: formatMinor(policy.autoBelow, currency),
    twoFrom: formatMinor(policy.twoFrom, currency),
    lowRiskBelow: policy.lowRiskBelow,
  };
}

async function readHistory({ db }: StaffDeps, { id }: PayoutRecord): Promise<Pick<PayoutDetail, "steps" | "sends">> {
  const steps = await listPayoutSteps(db, id);
  const sends = await listPayoutSends(db, id);
  return {
    steps: steps.map((step) => ({
      ...step,
      at: step.at.toISOString(),
      webhookId: step.webhookId === null ? null : formatId("webhook", step.webhookId),
    })),
    sends: sends.map(({ number, begunAt, endedAt, outcome, said }) => ({
      number,
      begunAt: begunAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      outcome: outcome ?? null,
      said: said ?? null,
    })),
  };
}

async function readNeighbours(
  deps: StaffDeps,
  { id, playerId }: PayoutRecord,
): Promise<Pick<PayoutDetail, "deposits" | "earlier" | "webhooks">> {
  const { db } = deps;
  const deposits = await listDeposits(db, { playerId, limit: mostRecords });
  const payouts = await listPayouts(db, { playerId, limit: mostRecords });
  const webhooks = await listWebhooks(db, { payoutId: id, limit: mostWebhooks });
  return {
    deposits: deposits.map((deposit) => ({
      depositId: formatId("deposit", deposit.id),
      state: deposit.state,
      amount: formatMinor(deposit.credited ?? deposit.amount, deposit.currency),
      currency: deposit.currency,
      last4: deposit.instrument.last4,
      createdAt: deposit.createdAt.toISOString(),
    })),
    earlier: await presentPayoutRows(
      deps,
      payouts.filter((one) => one.id !== id),
    ),
    webhooks: webhooks.map(presentWebhook),
  };
}

function allowed(
  payout: PayoutRecord,
  records: Awaited<ReturnType<typeof listApprovals>>,
  actor: Actor,
): Pick<PayoutDetail, "mayApprove" | "mayReject" | "stoppedBy" | "saidYes"> {
  const stops = stoppedBy(payout);
  const open = payout.state === "IN_REVIEW" || payout.state === "FIRST_APPROVED";
  if (actor.kind === "machine") return { mayApprove: false, mayReject: false, stoppedBy: stops, saidYes: false };
  const proposal = records.find(({ id }) => id === payout.approvalId);
  const saidYes =
    proposal !== undefined &&
    (proposal.proposedBy === actor.staffId ||
      proposal.decisions.some(({ staffId, decision }) => staffId === actor.staffId && decision === "APPROVED"));
  return {
    mayApprove: open && !saidYes && stops.length === 0 && mayAny(actor.roles, "payout.approve"),
    mayReject: open && mayAny(actor.roles, "payout.reject"),
    stoppedBy: stops,
    saidYes,
  };
}
