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
  "screening.decision": {
    propose: "screening.decide",
    approve: "screening.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Confirm that a list means this player, or lift what was confirmed.",
  },
  "screening.rule": {
    propose: "screening.decide",
    approve: "screening.approve",
    floor: 1,
    amounts: false,
    items: false,
    means: "Change from which score on a match is a hit, and what speaks against one.",
  },
} as const satisfies Record<string, ApprovalKindRow>;

export type ApprovalKind = keyof typeof approvalKinds;

export const approvalKindNames = Object.keys(approvalKinds) as readonly ApprovalKind[];

export function approvalKindRow(kind: ApprovalKind): ApprovalKindRow {
  return approvalKinds[kind];
}
