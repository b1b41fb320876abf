/** One transfer with who sent it, whose it may be, and everything that happened to it. */
import { listAccountOwners } from "@pitboss/db/cashier/bank-account-store";
import { type BankCredit, findBankCredit, listBankCreditSteps } from "@pitboss/db/cashier/bank-credit-store";
import { listApprovals } from "@pitboss/db/identity/approval-store";
import { findPlayer, listPlayers, type PlayerRecord } from "@pitboss/db/identity/player-directory";
import { compareNames, type NameMatch } from "@pitboss/domain/cashier/bank/compare-names";
import type { CreditState } from "@pitboss/domain/cashier/bank/credit-machine";
import { mayAny } from "@pitboss/domain/identity/permissions";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";
import { z } from "zod";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";
import { type ApprovalView, presentApprovals } from "../../../identity/approvals/approval-view.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { fingerprintOf, type PayerDetails } from "../bank-vault.ts";
import { type BankCreditRow, presentCredit } from "./present-credit.ts";

export interface BankCreditDetail extends BankCreditRow {
  readonly toldBy: string;
  readonly endToEndId: string | null;
  readonly returnReason: string | null;
  readonly payer: { readonly name: string | null; readonly iban: string | null };
  readonly remittance: string | null;
  /** Players whose it may be: whose reference it bears, whose account it came from, who bears the payer's name. */
  readonly candidates: readonly {
    readonly playerId: string;
    readonly nickname: string;
    readonly status: PlayerStatus;
    readonly country: string;
    readonly by: readonly ("REFERENCE" | "ACCOUNT" | "NAME")[];
    readonly nameMatch: NameMatch;
  }[];
  readonly steps: readonly {
    readonly number: number;
    readonly at: string;
    readonly event: string;
    readonly from: CreditState | null;
    readonly to: CreditState;
    readonly actor: string | null;
    readonly details: JsonObject | null;
  }[];
  readonly approvals: readonly ApprovalView[];
  /** Whether whoever asks may propose what becomes of it, now. */
  readonly mayDecide: boolean;
}

const mostCandidates = 10;
const mostApprovals = 20;

export const showBankCredit = procedure("bank.inbox")
  .input(z.object({ creditId: idInput("bankCredit") }))
  .query(async ({ ctx, input }): Promise<BankCreditDetail> => {
    const { deps, actor } = ctx;
    const { db, bank, clock } = deps;
    const credit = (await findBankCredit(db, input.creditId)) ?? throwFailure({ code: "BANK_CREDIT_NOT_FOUND" });
    const payer = await bank.vault.openPayer(credit);
    const steps = await listBankCreditSteps(db, credit.id);
    const records = await listApprovals(db, {
      kinds: ["bank.credit"],
      subjectKind: "bankCredit",
      subjectId: formatId("bankCredit", credit.id),
      limit: mostApprovals,
    });
    const proposed = records.some(({ status }) => status === "PROPOSED" || status === "APPROVED");
    return {
      ...presentCredit(credit),
      toldBy: credit.toldBy,
      endToEndId: credit.endToEndId,
      returnReason: credit.returnReason,
      payer: { name: payer.name, iban: payer.iban },
      remittance: payer.remittance,
      candidates: await findCandidates(deps, credit, payer),
      steps: steps.map(({ number, at, event, fromState, toState, actor: by, details }) => ({
        number,
        at: at.toISOString(),
        event,
        from: fromState,
        to: toState,
        actor: by,
        details,
      })),
      approvals: await presentApprovals(db, records, actor, clock.now()),
      mayDecide:
        credit.state === "IN_INBOX" && !proposed && actor.kind === "staff" && mayAny(actor.roles, "bank.credit"),
    };
  });

type Candidates = BankCreditDetail["candidates"];

async function findCandidates(deps: StaffDeps, credit: BankCredit, payer: PayerDetails): Promise<Candidates> {
  const { db, players, bank } = deps;
  const found = new Map<bigint, { record: PlayerRecord; by: Candidates[number]["by"][number][] }>();
  const add = (record: PlayerRecord | undefined, by: Candidates[number]["by"][number]): void => {
    if (record === undefined) return;
    const there = found.get(record.id);
    if (there === undefined) found.set(record.id, { record, by: [by] });
    else there.by.push(by);
  };
  if (credit.playerId !== null) add(await findPlayer(db, credit.playerId), "REFERENCE");
  if (credit.payerIndex !== null) {
    for (const id of await listAccountOwners(db, fingerprintOf(credit.payerIndex), mostCandidates)) {
      add(await findPlayer(db, id), "ACCOUNT");
    }
  }
  const terms = payer.name === null ? [] : await players.searchTerms(payer.name);
  if (terms.length > 0) {
    for (const record of await listPlayers(db, { terms, limit: mostCandidates })) add(record, "NAME");
  }
  return Promise.all(
    [...found.values()].slice(0, mostCandidates).map(async ({ record, by }) => ({
      playerId: formatId("player", record.id),
      nickname: record.nickname,
      status: record.status,
      country: record.country,
      by,
      nameMatch: compareNames(payer.name ?? "", await bank.vault.nameOf(db, record.id)),
    })),
  );
}
