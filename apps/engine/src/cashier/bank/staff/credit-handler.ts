/**
 * What becomes of money that waits for people, under four eyes. Credited it becomes a deposit of the player, through the
 * ledger's door as every other one; sent back it goes into the bank's next file, to the account that it came from.
 */
import {
  attachProposal,
  type BankCredit,
  findBankCredit,
  lockBankCredit,
  moveBankCredit,
} from "@pitboss/db/cashier/bank-credit-store";
import { lockForDeposit } from "@pitboss/db/cashier/deposit-store";
import { type ApprovalRecord, listApprovals } from "@pitboss/db/identity/approval-store";
import { findPlayer } from "@pitboss/db/identity/player-directory";
import { compareNames } from "@pitboss/domain/cashier/bank/compare-names";
import { maskIban, readIban } from "@pitboss/domain/cashier/bank/iban";
import type { BankCreditContent } from "@pitboss/domain/identity/approval-content";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Acting } from "../../../audit/acting.ts";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { finishApproval } from "../../../identity/approvals/finish-approval.ts";
import type { KindHandler } from "../../../identity/approvals/kind-handler.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { fingerprintOf } from "../bank-vault.ts";
import { finishCredit, writeTransfer } from "../credit-transfer.ts";

export interface BankCreditInput {
  readonly creditId: bigint;
  readonly decision: "CREDIT" | "RETURN";
  /** Whose it is; null where it goes back. */
  readonly playerId: bigint | null;
  readonly reason: string;
}

export const bankCreditHandler: KindHandler<BankCreditContent, BankCreditInput> = {
  async describe({ db, bank }, { creditId: id, decision, playerId, reason }) {
    const credit = await findBankCredit(db, id);
    if (credit === undefined) return err("BANK_CREDIT_NOT_FOUND");
    if (credit.state !== "IN_INBOX") return err("BANK_CREDIT_NOT_OPEN");
    const player = playerId === null ? undefined : await findPlayer(db, playerId);
    if (playerId !== null && player === undefined) return err("PLAYER_NOT_FOUND");
    if (player?.status === "CLOSED") return err("ACCOUNT_CLOSED");
    const payer = await bank.vault.openPayer(credit);
    const iban = payer.iban === null ? undefined : readIban(payer.iban);
    if (decision === "RETURN" && iban?.ok !== true) {
      return err(
        "IBAN_INVALID",
        "The bank does not say which account it came from, so that it can't be sent back to it.",
      );
    }
    const creditId = formatId("bankCredit", id);
    const currency = currencyOfNumber(credit.currency);
    const amount = formatMinor(credit.amount, currency);
    const whose = player === undefined ? null : formatId("player", player.id);
    const content: BankCreditContent = {
      creditId,
      decision,
      playerId: whose,
      currency,
      amount,
      why: credit.why ?? "",
      account: iban?.ok === true ? maskIban(iban.value) : null,
      nameMatch: player === undefined ? null : compareNames(payer.name ?? "", await bank.vault.nameOf(db, player.id)),
      reason,
    };
    return ok({
      content,
      summary:
        whose === null
          ? `Send back ${amount} ${currency} (${creditId})`
          : `Credit ${amount} ${currency} (${creditId}) to ${whose}`,
      subject: { kind: "bankCredit", id: creditId },
      sums: [{ amount: credit.amount, currency }],
      attach: async (tx, approvalId) => {
        const now = await lockBankCredit(tx, id);
        const others = await listApprovals(tx, {
          kinds: ["bank.credit"],
          subjectKind: "bankCredit",
          subjectId: creditId,
          limit: 20,
        });
        // Two who propose at the same moment: the second one finds it proposed.
        const open = others.some(
          (one) => one.id !== approvalId && (one.status === "PROPOSED" || one.status === "APPROVED"),
        );
        if (now?.state !== "IN_INBOX" || open) throwFailure({ code: "BANK_CREDIT_NOT_OPEN" });
        await attachProposal(tx, id, approvalId);
      },
    });
  },
  apply: {
    where: "steps",
    async run({ deps, acting, content, approval }) {
      const credit = await findBankCredit(deps.db, parseId("bankCredit", content.creditId) ?? 0n);
      if (credit === undefined) return err("BANK_CREDIT_NOT_FOUND");
      if (credit.approvalId !== approval.id) return err("BANK_CREDIT_NOT_OPEN");
      const done =
        content.decision === "CREDIT"
          ? await give(deps, acting, credit, content)
          : await giveBack(deps, acting, credit, approval);
      if (!done.ok) return done;
      return finishApproval(deps, acting, approval, { creditId: content.creditId, decision: content.decision });
    },
  },
};

/** Goes on where it was cut off: the deposit is the same one, and is credited once. */
async function give(
  deps: StaffDeps,
  acting: Acting,
  credit: BankCredit,
  { playerId: whose, nameMatch }: BankCreditContent,
): Promise<Result<null>> {
  if (credit.state === "CREDITED") return ok(null);
  if (credit.state !== "IN_INBOX") return err("BANK_CREDIT_NOT_OPEN");
  const playerId = parseId("player", whose ?? "");
  if (playerId === undefined) return err("ID_INVALID");
  const { vault } = deps.bank;
  const payer = await vault.openPayer(credit);
  const iban = payer.iban === null ? undefined : readIban(payer.iban);
  const known = iban?.ok === true ? iban.value : null;
  const fingerprint = known === null ? credit.entryReference : fingerprintOf(await vault.indexIban(known));
  const checks = [{ name: "people", version: 1, outcome: "PASS", inputs: { why: credit.why, nameMatch } }] as const;
  await deps.db.transaction(async (tx) => {
    await lockForDeposit(tx, { playerId, psp: credit.bank, fingerprint });
    const account = {
      playerId,
      bank: credit.bank,
      iban: known,
      holder: payer.name ?? "",
      nameMatch: nameMatch ?? "UNKNOWN",
    };
    await writeTransfer(deps, tx, credit, account, checks);
  });
  const linked = await findBankCredit(deps.db, credit.id);
  if (linked === undefined) return err("BANK_CREDIT_NOT_FOUND");
  return finishCredit(deps, linked, { source: "QUERY" }, { actor: `${acting.actorKind}:${acting.actorId}` });
}

async function giveBack(
  { db }: StaffDeps,
  acting: Acting,
  credit: BankCredit,
  approval: ApprovalRecord,
): Promise<Result<null>> {
  if (credit.state === "RETURNING" || credit.state === "RETURNED") return ok(null);
  const moved = await moveBankCredit(db, {
    id: credit.id,
    from: credit.state,
    event: "giveBack",
    actor: `${acting.actorKind}:${acting.actorId}`,
    details: { approval: formatId("approval", approval.id) },
  });
  return moved ? ok(null) : err("BANK_CREDIT_NOT_OPEN");
}
