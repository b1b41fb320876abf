/**
 * What takes a second person, as a table: who may propose it, who may be the second person, and how few approvals a
 * policy may ever ask for. How many it asks for at which amount is data (see `approval-policy.ts`).
 */
import type { Permission } from "./permissions.ts";

interface ApprovalKindRow {
  readonly propose: Permission;
  readonly approve: Permission;
  /** A policy may not ask for fewer; 0 lets small amounts through with the proposal alone, still recorded as one. */
  readonly floor: 0 | 1;
  /** True where policies differ by amount. */
  readonly amounts: boolean;
  /** True where one proposal reaches many records, and a policy says how many at most. */
  readonly items: boolean;
  readonly means: string;
  /** Where it is set, nobody without this permission learns that there is such a proposal. */
  readonly reads?: Permission;
}

export const approvalKinds = {
  "wallet.adjustment": {
    propose: "adjustment.propose",
    approve: "adjustment.approve",
    floor: 0,
    amounts: true,
    items: false,
    means: "Move money between the house and a player by hand.",
  },
  "staff.role-grant": {
    propose: "staff.grant-role",
    approve: "role.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Give a member of staff a powerful role.",
  },
  "approval.policy": {
    propose: "policy.propose",
    approve: "policy.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change how many people a kind of decision takes.",
  },
  "player.erasure": {
    propose: "player.erase",
    approve: "player.erase.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Erase a player's personal data.",
  },
  "bet.void": {
    propose: "bet.void",
    approve: "bet.void.approve",
    floor: 0,
    amounts: true,
    items: false,
    means: "Give the held stake of one bet back.",
  },
  "round.void": {
    propose: "bet.void",
    approve: "bet.void.approve",
    floor: 1,
    amounts: true,
    items: true,
    means: "Give back every stake that a round still holds.",
  },
  "bets.void": {
    propose: "bet.void",
    approve: "bet.void.approve",
    floor: 1,
    amounts: true,
    items: true,
    means: "Give back the held stakes of many bets, by list or by filter.",
  },
  "bets.settle": {
    propose: "bet.settle",
    approve: "bet.settle.approve",
    floor: 1,
    amounts: true,
    items: true,
    means: "Settle held bets by hand, with outcomes that their provider does not send.",
  },
  "jurisdiction.pack": {
    propose: "jurisdiction.propose",
    approve: "jurisdiction.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change what a jurisdiction asks for, from an instant on.",
  },
  "limit.profile": {
    propose: "profile.propose",
    approve: "profile.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change the house's bounds of a limit profile, from an instant on.",
  },
  "payout.release": {
    propose: "payout.approve",
    approve: "payout.approve",
    // Whoever proposes has said yes themselves: what takes one person takes nobody else.
    floor: 0,
    amounts: true,
    items: false,
    means: "Let a payout leave the house.",
  },
  "deposit.release": {
    propose: "deposit.release",
    approve: "deposit.release.approve",
    floor: 1,
    amounts: true,
    items: false,
    means: "Let a deposit go that was credited frozen because of where it came from.",
  },
  "bank.credit": {
    propose: "bank.credit",
    approve: "bank.credit.approve",
    floor: 1,
    amounts: true,
    items: false,
    means: "Credit a transfer that waits for people to a player, or send it back.",
  },
  "screening.decision": {
    propose: "screening.decide",
    approve: "screening.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Confirm that a list means this player, or lift what was confirmed.",
  },
  "aml.rule": {
    propose: "aml.propose",
    approve: "aml.approve",
    floor: 1,
    amounts: false,
    items: false,
    reads: "aml.read",
    means: "Change a rule against money laundering.",
  },
  "aml.sar": {
    propose: "aml.propose",
    approve: "aml.approve",
    floor: 1,
    amounts: false,
    items: false,
    reads: "aml.read",
    means: "File a report of suspicious activity.",
  },
  "risk.rule": {
    propose: "risk.rule.propose",
    approve: "risk.rule.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change a rule of risk, and what follows when it speaks.",
  },
  "kyc.decision": {
    propose: "kyc.decide",
    approve: "kyc.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Approve a player's source of funds, take back an approval, or approve what was taken back.",
  },
  "screening.rule": {
    propose: "screening.decide",
    approve: "screening.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change from which score on a match is a hit, and what speaks against one.",
  },
  "report.charge": {
    propose: "charge.propose",
    approve: "charge.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change what a provider or a state takes of the house's result, from a day on.",
  },
  "cashier.rule": {
    propose: "cashier-rule.propose",
    approve: "cashier-rule.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change a number that deposits, payouts and chargebacks go by.",
  },
  "affiliate.statement": {
    propose: "affiliate.propose",
    approve: "affiliate.approve",
    floor: 1,
    amounts: true,
    items: false,
    means: "Owe an affiliate what a statement says, and pay it.",
  },
  "affiliate.payee": {
    propose: "affiliate.propose",
    approve: "affiliate.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change where an affiliate is paid.",
  },
  "break.resolution": {
    propose: "break.resolve",
    approve: "break.approve",
    floor: 1,
    amounts: true,
    items: false,
    means: "End a break of a reconciliation, with what is posted for it.",
  },
  "provider.policy": {
    propose: "provider.change",
    approve: "provider.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change what money depends on in a game provider's policy.",
  },
} as const satisfies Record<string, ApprovalKindRow>;

export type ApprovalKind = keyof typeof approvalKinds;

export const approvalKindNames = Object.keys(approvalKinds) as readonly ApprovalKind[];

export function approvalKindRow(kind: ApprovalKind): ApprovalKindRow {
  return approvalKinds[kind];
}
