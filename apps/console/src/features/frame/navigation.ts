/** The pages of the console, in the order of the navigation, each with the permission that it takes. */
import type { Permission } from "@pitboss/domain/identity/permissions";
import {
  Activity,
  ArrowDownToLine,
  ArrowUpFromLine,
  Blocks,
  Bitcoin,
  BookOpenText,
  CalendarCheck,
  ChartLine,
  CreditCard,
  Diff,
  Dices,
  Files,
  FileWarning,
  FlaskConical,
  Gamepad2,
  Gauge,
  GitCompareArrows,
  Globe,
  Grid3x3,
  Handshake,
  HeartHandshake,
  Hourglass,
  House,
  IdCard,
  Landmark,
  ListChecks,
  type LucideIcon,
  Route,
  MapPin,
  Percent,
  Plug,
  Scale,
  ScanSearch,
  ScrollText,
  ShieldCheck,
  Siren,
  SlidersHorizontal,
  Timer,
  TriangleAlert,
  Undo2,
  UserCog,
  Users,
  Waypoints,
  Webhook,
} from "lucide-react";

export interface NavigationItem {
  readonly id:
    | "overview"
    | "live"
    | "players"
    | "bets"
    | "rounds"
    | "providers"
    | "games"
    | "lobby"
    | "ledger"
    | "ggr"
    | "pnl"
    | "performance"
    | "cohorts"
    | "days"
    | "charges"
    | "payoutSla"
    | "affiliates"
    | "builder"
    | "deposits"
    | "payouts"
    | "instruments"
    | "webhooks"
    | "rg"
    | "jurisdictions"
    | "limitProfiles"
    | "treasury"
    | "exposure"
    | "psps"
    | "cashierRules"
    | "chargebacks"
    | "reconciliation"
    | "bankTransfers"
    | "payoutBatches"
    | "roundRecon"
    | "geo"
    | "kyc"
    | "screening"
    | "aml"
    | "sars"
    | "risk"
    | "links"
    | "approvals"
    | "staff"
    | "audit";
  readonly href: string;
  readonly icon: LucideIcon;
  /** Undefined where everybody may. */
  readonly permission?: Permission;
  /** True where whoever may not open the page does not even see that it is there. */
  readonly hidden?: true;
  /** The second key after `g`, for the pages that are opened all day. */
  readonly key?: string;
}

export interface NavigationGroup {
  readonly id: "now" | "play" | "money" | "compliance" | "reports" | "control";
  readonly items: readonly NavigationItem[];
}

export const navigation: readonly NavigationGroup[] = [
  {
    id: "now",
    items: [
      { id: "overview", href: "/", icon: House, key: "o" },
      { id: "live", href: "/live", icon: Activity, permission: "bet.read", key: "v" },
      { id: "approvals", href: "/approvals", icon: ShieldCheck, permission: "approval.read", key: "a" },
    ],
  },
  {
    id: "play",
    items: [
      { id: "players", href: "/players", icon: Users, permission: "player.read", key: "p" },
      { id: "bets", href: "/bets", icon: Dices, permission: "bet.read", key: "b" },
      { id: "rounds", href: "/rounds", icon: Hourglass, permission: "bet.read", key: "r" },
      { id: "providers", href: "/providers", icon: Plug, permission: "provider.read" },
      { id: "roundRecon", href: "/provider-reconciliation", icon: Diff, permission: "break.read" },
      { id: "games", href: "/games", icon: Gamepad2, permission: "game.read" },
      { id: "lobby", href: "/lobby", icon: FlaskConical, permission: "report.read" },
    ],
  },
  {
    id: "money",
    items: [
      { id: "deposits", href: "/deposits", icon: ArrowDownToLine, permission: "payment.read", key: "i" },
      { id: "payouts", href: "/payouts", icon: ArrowUpFromLine, permission: "payout.read" },
      { id: "bankTransfers", href: "/bank-transfers", icon: Landmark, permission: "payment.read" },
      { id: "payoutBatches", href: "/payout-batches", icon: Files, permission: "payout.read" },
      { id: "instruments", href: "/instruments", icon: CreditCard, permission: "payout.read" },
      { id: "ledger", href: "/ledger", icon: BookOpenText, permission: "ledger.read", key: "l" },
      { id: "webhooks", href: "/webhooks", icon: Webhook, permission: "webhook.read", key: "w" },
      { id: "chargebacks", href: "/chargebacks", icon: Undo2, permission: "chargeback.read" },
      { id: "treasury", href: "/treasury", icon: Landmark, permission: "treasury.read" },
      { id: "reconciliation", href: "/reconciliation", icon: GitCompareArrows, permission: "break.read" },
      { id: "exposure", href: "/exposure", icon: Bitcoin, permission: "treasury.read" },
      { id: "psps", href: "/psps", icon: Route, permission: "psp.read" },
      { id: "cashierRules", href: "/cashier-rules", icon: ListChecks, permission: "psp.read" },
    ],
  },
  {
    id: "compliance",
    items: [
      { id: "rg", href: "/rg", icon: HeartHandshake, permission: "rg.read" },
      { id: "jurisdictions", href: "/jurisdictions", icon: Globe, permission: "jurisdiction.read" },
      { id: "limitProfiles", href: "/limit-profiles", icon: SlidersHorizontal, permission: "jurisdiction.read" },
      { id: "geo", href: "/geo", icon: MapPin, permission: "jurisdiction.read" },
      { id: "kyc", href: "/kyc", icon: IdCard, permission: "kyc.read" },
      { id: "screening", href: "/screening", icon: ScanSearch, permission: "screening.read" },
      { id: "aml", href: "/aml", icon: Siren, permission: "aml.read", hidden: true },
      { id: "sars", href: "/sars", icon: FileWarning, permission: "aml.read", hidden: true },
      { id: "risk", href: "/risk", icon: TriangleAlert, permission: "risk.read" },
      { id: "links", href: "/links", icon: Waypoints, permission: "link.read" },
    ],
  },
  {
    id: "reports",
    items: [
      { id: "ggr", href: "/reports/ggr", icon: ChartLine, permission: "report.read", key: "g" },
      { id: "pnl", href: "/reports/pnl", icon: Scale, permission: "report.read", key: "n" },
      { id: "performance", href: "/reports/games", icon: Gauge, permission: "report.read", key: "f" },
      { id: "cohorts", href: "/reports/cohorts", icon: Grid3x3, permission: "report.read", key: "c" },
      { id: "days", href: "/reports/days", icon: CalendarCheck, permission: "report.read", key: "d" },
      { id: "payoutSla", href: "/reports/payout-sla", icon: Timer, permission: "report.read" },
      { id: "charges", href: "/reports/charges", icon: Percent, permission: "report.read" },
      { id: "builder", href: "/reports/builder", icon: Blocks, permission: "report.read" },
      { id: "affiliates", href: "/affiliates", icon: Handshake, permission: "affiliate.read" },
    ],
  },
  {
    id: "control",
    items: [
      { id: "staff", href: "/staff", icon: UserCog, permission: "staff.read", key: "s" },
      { id: "audit", href: "/audit", icon: ScrollText, permission: "audit.read", key: "u" },
    ],
  },
];

/** The pages that a reader sees: those that they may open, and those that a role could open to them. */
export function isSeen({ permission, hidden }: NavigationItem, held: ReadonlySet<Permission>): boolean {
  return hidden !== true || permission === undefined || held.has(permission);
}

export function isCurrent(item: NavigationItem, path: string): boolean {
  return item.href === "/" ? path === "/" : path === item.href || path.startsWith(`${item.href}/`);
}
