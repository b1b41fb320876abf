/**
 * What came to an address of ours becomes a deposit of the player whose address it is: written down when it is first seen,
 * credited once enough blocks follow it and its past was looked at. Money cannot be turned away on a chain, so that all of
 * it is credited; what comes from where it must not come from is credited frozen, and only people let it go.
 */
import { findChainDeposit, insertChainDeposit, noteChainStanding } from "@pitboss/db/cashier/chain-deposit-store";
import { type CryptoAddress, findCryptoPolicy, findDepositAddress } from "@pitboss/db/cashier/crypto-address-store";
import {
  announceDeposit,
  countDepositsSince,
  type DepositRecord,
  type DepositSource,
  findDeposit,
  findDepositByRequest,
  findPlayerForDeposit,
  insertDeposit,
  lockForDeposit,
  setDepositFollowUp,
} from "@pitboss/db/cashier/deposit-store";
import { listDepositRules } from "@pitboss/db/cashier/deposit-rule-store";
import { normaliseAddress } from "@pitboss/domain/cashier/crypto-address";
import { parseChainAmount } from "@pitboss/domain/cashier/crypto-asset";
import { checkDeposit } from "@pitboss/domain/cashier/deposit-checks";
import { isOpen, type PaymentReport } from "@pitboss/domain/cashier/deposit-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert, err, ok, type Result } from "@pitboss/domain/kernel/result";
import { randomUUID } from "node:crypto";
import { lookAtAddresses } from "../../compliance/kyt/look-at-addresses.ts";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Cashier } from "../cashier.ts";
import { applyReport } from "../deposits/apply-report.ts";
import { readDepositGate } from "../deposits/read-deposit-gate.ts";
import { tellDeposit } from "../deposits/tell-deposit.ts";
import type { ChainTransfer } from "./custodian.ts";

const hourMs = 3_600_000;
/** How often the custodian is asked about what is not confirmed yet, should no webhook come, ms. */
const followMs = 5_000;
/** What a chain has not confirmed by then it has forgotten, ms. */
const givenUpMs = 14 * 24 * hourMs;

interface Heard {
  readonly source: DepositSource;
  readonly webhookId?: bigint;
}

export interface Applied {
  readonly depositId: bigint;
  /** What came of it, in words. */
  readonly outcome: string;
}

export async function applyTransfer(
  cashier: Cashier,
  custodian: string,
  transfer: ChainTransfer,
  heard: Heard,
): Promise<Result<Applied>> {
  const { asset } = transfer;
  const address = await findDepositAddress(cashier.db, asset, normaliseAddress(asset, transfer.address));
  if (address === undefined || address.custodian !== custodian) {
    return err("DEPOSIT_NOT_FOUND", `${transfer.address} is no address of a player's.`);
  }
  const amount = parseChainAmount(transfer.amount, asset);
  if (!amount.ok) return amount;
  if (amount.value.minor === 0n) return err("AMOUNT_INVALID", "It is less than the smallest unit of the ledger.");
  const depositId = await writeDown(cashier, custodian, transfer, address, amount.value);
  const { hash, confirmations } = transfer;
  const sources = transfer.sources.map((one) => normaliseAddress(asset, one));
  await noteChainStanding(cashier.db, depositId, { txHash: hash, confirmations, sources });
  const applied = await credit(cashier, depositId, transfer, sources, heard);
  const now = await findDeposit(cashier.db, depositId);
  if (now !== undefined && isOpen(now.state)) {
    await setDepositFollowUp(cashier.db, depositId, { at: new Date(cashier.clock.now() + followMs) });
  }
  return applied;
}

/** Asks the custodian where a deposit stands; for the job that comes back to open ones. */
export async function followChainDeposit(cashier: Cashier, deposit: DepositRecord): Promise<void> {
  const custodian = cashier.chain.custodians.get(deposit.psp);
  const known = await findChainDeposit(cashier.db, deposit.id);
  const asked =
    custodian === undefined || known === undefined ? undefined : await custodian.findTransfer(known.transferId);
  if (asked?.kind === "answered" && asked.value !== undefined) {
    const applied = await applyTransfer(cashier, deposit.psp, asked.value, { source: "QUERY" });
    if (!applied.ok)
      cashier.log.warn({ deposit: formatId("deposit", deposit.id), code: applied.error.code }, "a deposit waits");
  }
  const now = await findDeposit(cashier.db, deposit.id);
  if (now !== undefined && isOpen(now.state)) {
    await setDepositFollowUp(cashier.db, deposit.id, { at: new Date(cashier.clock.now() + followMs) });
  }
}

/** Once for each transfer and address, whoever hears of it first. */
function writeDown(
  cashier: Cashier,
  custodian: string,
  transfer: ChainTransfer,
  address: CryptoAddress,
  { minor, dust }: { readonly minor: bigint; readonly dust: boolean },
): Promise<bigint> {
  const { db, clock } = cashier;
  const { playerId, asset, instrumentId } = address;
  const requestId = `chain:${transfer.id}`;
  const key = requestKey(`custody|${custodian}|${address.address}`, requestId);
  return db.transaction(async (tx) => {
    await lockForDeposit(tx, { playerId, psp: custodian, fingerprint: `${asset}:${address.address}` });
    const earlier = await findDepositByRequest(tx, key);
    if (earlier !== undefined) return earlier.id;
    const now = clock.now();
    const rule = (await listDepositRules(tx, "CRYPTO", new Date(now))).get(asset);
    const player = await findPlayerForDeposit(tx, playerId);
    assert(rule !== undefined && player !== undefined, "an address belongs to a player, and an asset has a rule");
    const { checks } = checkDeposit({
      playerStatus: player.status,
      currency: asset,
      amount: minor,
      rule,
      triedThisHour: await countDepositsSince(tx, playerId, new Date(now - hourMs)),
      otherOwners: 0,
      ...(await readDepositGate(cashier, tx, { playerId, currency: asset, amount: minor, place: null }, now)),
    });
    const deposit = {
      playerId,
      instrumentId,
      requestKey: key,
      bodyHash: hash64(requestId),
      requestId,
      traceId: randomUUID(),
      psp: custodian,
      method: "CRYPTO",
      currency: asset,
      amount: minor,
      returnUrl: null,
      checks,
      expiresAt: new Date(now + givenUpMs),
      followAt: new Date(now + followMs),
    } as const;
    const id = await insertDeposit(tx, deposit);
    const { confirmations: needed } = await findCryptoPolicy(tx, asset, new Date(now));
    await insertChainDeposit(tx, {
      depositId: id,
      custodian,
      asset,
      transferId: transfer.id,
      address: address.address,
      sources: [],
      needed,
      dust,
      convertTo: address.convertTo,
    });
    await announceDeposit(tx, playerId, tellDeposit("deposit.initiated", { ...deposit, id }));
    return id;
  });
}

async function credit(
  cashier: Cashier,
  depositId: bigint,
  transfer: ChainTransfer,
  sources: readonly string[],
  heard: Heard,
): Promise<Result<Applied>> {
  const deposit = await findDeposit(cashier.db, depositId);
  const known = await findChainDeposit(cashier.db, depositId);
  assert(deposit !== undefined && known !== undefined, "what was written down is there");
  const base = { reference: transfer.id, currency: transfer.asset };
  const tell = async (report: PaymentReport, past?: { kytId: bigint; frozenFor: string | null }) => {
    const told = { report: { ...report, feeKnown: true }, ...heard, ...(past === undefined ? {} : { past }) };
    const applied = await applyReport(cashier, depositId, told);
    return applied.ok ? ok({ depositId, outcome: applied.value }) : applied;
  };
  if (transfer.state === "FAILED") {
    const message = "The chain or the custodian did not let it through.";
    return tell({ ...base, state: "FAILED", failureCode: transfer.reason ?? transfer.status, message });
  }
  // A block may be taken back, and then the count begins anew: it is credited by how things stand now.
  const settled = transfer.state === "CONFIRMING" || transfer.state === "COMPLETED";
  const enough = settled && transfer.confirmations >= known.needed;
  const credited = deposit.state === "CREDITED";
  if (!enough || credited) return tell({ ...base, state: "PROCESSING" });
  const looked = await lookAtAddresses(cashier, cashier.chain.analyst, {
    direction: "IN",
    asset: transfer.asset,
    amount: transfer.amount,
    address: known.address,
    hash: transfer.hash,
    reference: formatId("deposit", depositId),
    playerId: deposit.playerId,
    depositId,
    payoutId: null,
    addresses: sources,
  });
  if (looked === undefined) return tell({ ...base, state: "PROCESSING" });
  const frozenFor = looked.decision === "CLEAR" ? null : looked.decision;
  return tell({ ...base, state: "TAKEN", amount: deposit.amount, fee: 0n }, { kytId: looked.id, frozenFor });
}
