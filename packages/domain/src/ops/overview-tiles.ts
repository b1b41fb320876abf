/**
 * What stands on the first page of the console: the queues and figures that each role works with. A tile is counted for
 * whoever has its permission and shown where one of their roles names it; the order is the role's own.
 */
import { mayAny, type Permission } from "../identity/permissions.ts";
import type { Role } from "../identity/roles.ts";

interface TileRow {
  readonly permission: Permission;
  /** The list of what is counted, with the filters that narrow it down to that. */
  readonly href: string;
  /** False where a count is no work: how many there are, good or bad. */
  readonly queue: boolean;
}

export const overviewTiles = {
  payoutsWaiting: { permission: "payout.read", href: "/payouts", queue: true },
  payoutsLate: { permission: "payout.read", href: "/payouts?box=late", queue: true },
  payoutsUnknown: { permission: "payout.read", href: "/payouts?box=all&state=UNKNOWN", queue: true },
  depositsPending: { permission: "payment.read", href: "/deposits?state=PENDING", queue: true },
  chargebacksOpen: { permission: "chargeback.read", href: "/chargebacks?state=OPENED", queue: true },
  webhooksDead: { permission: "webhook.read", href: "/webhooks?state=DEAD", queue: true },
  pspsPaused: { permission: "psp.read", href: "/psps", queue: true },
  kycWaiting: { permission: "kyc.read", href: "/kyc?state=PENDING", queue: true },
  screeningHits: { permission: "screening.read", href: "/screening?state=OPEN", queue: true },
  reactivations: { permission: "rg.read", href: "/rg?state=REACTIVATION_REQUESTED", queue: true },
  exclusionsActive: { permission: "rg.read", href: "/rg?state=ACTIVE", queue: false },
  playersNew: { permission: "player.read", href: "/players", queue: false },
  playersLocked: { permission: "player.read", href: "/players?status=BLOCKED", queue: false },
  betsWaiting: { permission: "bet.read", href: "/rounds", queue: true },
  providersPaused: { permission: "provider.read", href: "/providers", queue: true },
  daysOff: { permission: "report.read", href: "/reports/days", queue: true },
  proposalsOpen: { permission: "approval.read", href: "/approvals?box=all&status=PROPOSED", queue: false },
  auditUnsealed: { permission: "audit.read", href: "/audit", queue: true },
  staffInvited: { permission: "staff.read", href: "/staff?status=INVITED", queue: false },
  staffSuspended: { permission: "staff.read", href: "/staff?status=SUSPENDED", queue: false },
} as const satisfies Record<string, TileRow>;
export type TileId = keyof typeof overviewTiles;

export const tilesOfRoles: Readonly<Record<Role, readonly TileId[]>> = {
  support: [
    "playersNew",
    "playersLocked",
    "depositsPending",
    "payoutsWaiting",
    "payoutsLate",
    "kycWaiting",
    "chargebacksOpen",
  ],
  finance: [
    "payoutsWaiting",
    "payoutsLate",
    "payoutsUnknown",
    "depositsPending",
    "chargebacksOpen",
    "daysOff",
    "pspsPaused",
    "webhooksDead",
  ],
  compliance: ["kycWaiting", "screeningHits", "reactivations", "exclusionsActive", "payoutsWaiting", "playersLocked"],
  risk: ["payoutsWaiting", "chargebacksOpen", "betsWaiting", "kycWaiting", "playersLocked", "pspsPaused"],
  operations: [
    "betsWaiting",
    "providersPaused",
    "pspsPaused",
    "payoutsUnknown",
    "payoutsLate",
    "webhooksDead",
    "daysOff",
  ],
  auditor: ["proposalsOpen", "daysOff", "auditUnsealed", "chargebacksOpen", "screeningHits", "exclusionsActive"],
  admin: ["staffInvited", "staffSuspended", "proposalsOpen", "auditUnsealed", "webhooksDead", "daysOff"],
};

/** The tiles of these roles together, each once, in the order of the roles. */
export function tilesOf(held: readonly Role[]): TileId[] {
  const all = new Set(held.flatMap((role) => tilesOfRoles[role]));
  return [...all].filter((tile) => mayAny(held, overviewTiles[tile].permission));
}

/** The figures of the day that a role looks at first; a role that may see no reports has none. */
export const figuresOfRoles = {
  support: [],
  finance: ["turnover", "ggr", "ngr", "deposits", "players"],
  compliance: ["deposits", "withdrawals", "turnover", "adjustments", "players"],
  risk: ["turnover", "ggr", "rtp", "withdrawals", "players"],
  operations: ["bets", "turnover", "ggr", "rtp", "players"],
  auditor: ["ggr", "ngr", "deposits", "withdrawals", "adjustments"],
  admin: ["turnover", "ggr", "ngr", "deposits", "players"],
} as const satisfies Record<Role, readonly string[]>;
export type OverviewFigure = (typeof figuresOfRoles)[Exclude<Role, "support">][number];

/** Of several roles the first that has any decides. */
export function overviewFiguresOf(held: readonly Role[]): readonly OverviewFigure[] {
  return held.map((role) => figuresOfRoles[role]).find((names) => names.length > 0) ?? [];
}
