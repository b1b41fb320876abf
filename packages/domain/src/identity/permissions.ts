/**
 * The one table of what staff may do: permission → the roles that have it, and whether it takes a fresh second factor.
 * Every procedure of the staff API names one of these. Nothing else in the house asks for a role by name.
 */
import { type Role, roles } from "./roles.ts";

interface PermissionRow {
  readonly roles: readonly Role[];
  /** True where a second factor must have been given within the last minutes (see `step-up.ts`). */
  readonly stepUp: boolean;
  /** What it lets a person do, for the page that lists roles. */
  readonly means: string;
}

const everyone: readonly Role[] = roles;

export const permissions = {
  // Oneself.
  "account.own": allow(everyone, "See and change one's own account, sessions, factors and saved views."),
  "account.secure": allow(everyone, "Change one's own password and factors, and let a terminal in.", "step-up"),
  "find.any": allow(everyone, "Find a record by its id, or a player by name."),
  "view.share": allow(without("auditor"), "Share a saved view with everybody."),

  // Staff.
  "staff.read": allow(["admin", "auditor", "compliance"], "See staff, their roles and sessions."),
  "staff.invite": allow(["admin"], "Invite a member of staff.", "step-up"),
  "staff.suspend": allow(["admin"], "Suspend a member of staff, or let one back in.", "step-up"),
  "staff.grant-role": allow(["admin"], "Give roles (a powerful one through a second person), or take them.", "step-up"),
  "staff.sign-out": allow(["admin"], "End the sessions of another member of staff.", "step-up"),
  "staff.reset-factors": allow(["admin"], "Remove lost second factors, so that new ones must be set up.", "step-up"),
  "staff.ip-rules": allow(["admin"], "Change from which networks a role may sign in.", "step-up"),
  "role.approve": allow(["admin", "compliance"], "Be the second person for a role.", "step-up"),
  "machine-key.read": allow(["admin", "auditor"], "See the machine identities."),
  "machine-key.manage": allow(["admin"], "Issue and revoke keys of machines.", "step-up"),
  "key.read": allow(["admin", "auditor"], "See the signing and encryption keys, without their secrets."),
  "key.rotate": allow(["admin"], "Rotate signing and encryption keys.", "step-up"),

  // Four eyes.
  "approval.read": allow(everyone, "See what waits for a second person."),
  "approval.propose": allow(without("auditor"), "Propose or withdraw something that needs a second person."),
  "approval.decide": allow(without("auditor", "support"), "Approve, reject or apply a proposal.", "step-up"),
  "policy.read": allow(without("support"), "See how many people each kind of decision takes."),
  "policy.propose": allow(["admin", "compliance"], "Propose a change of that.", "step-up"),
  "policy.approve": allow(["admin", "compliance", "finance"], "Be the second person for a change of that.", "step-up"),

  // Audit.
  "audit.read": allow(["auditor", "compliance", "admin"], "Search who did what."),
  "audit.verify": allow(["auditor", "compliance", "admin"], "Check the audit chain and its checkpoints."),
  "audit.bundle": allow(
    // It holds everything, what was done against money laundering too, or it would prove nothing.
    ["auditor", "compliance"],
    "Have a signed archive of the audit log made for a regulator.",
    "step-up",
  ),

  // Players.
  "player.read": allow(everyone, "See players, masked, and search them by id, nickname, status and country."),
  "player.search-personal": allow(
    ["support", "finance", "compliance", "risk"],
    "Search players by name, e-mail, device and address.",
  ),
  "player.reveal": allow(
    ["support", "compliance", "risk"],
    "See one personal field in clear, with a reason.",
    "step-up",
  ),
  "player.reveal-retained": allow(["compliance"], "See what the law kept of an erased player.", "step-up"),
  "player.note": allow(["support", "finance", "compliance", "risk", "operations"], "Write notes on a player."),
  "player.tag": allow(["support", "compliance", "risk", "operations"], "Tag a player."),
  "player.lock": allow(["support", "compliance", "risk", "operations"], "Lock a player out of play."),
  "player.unlock": allow(["compliance", "risk"], "Unlock a player."),
  "player.sign-out": allow(["support", "compliance", "risk"], "End a player's sessions."),
  "player.erase": allow(["compliance"], "Propose to erase a player's personal data.", "step-up"),
  "player.erase.approve": allow(["compliance", "admin"], "Be the second person for an erasure.", "step-up"),

  // Responsible gaming, jurisdictions and limit profiles.
  "rg.read": allow(everyone, "See players' limits, exclusions and interactions."),
  "denial.explain": allow(
    ["compliance", "risk", "operations", "auditor"],
    "See the rule behind a refusal, and all that it looked at.",
  ),
  "rg.act": allow(["support", "compliance", "risk"], "Make a limit stricter, exclude a player, note a contact."),
  "rg.decide": allow(["compliance"], "Answer excluded players who ask for play again.", "step-up"),
  "jurisdiction.read": allow(everyone, "See what jurisdictions ask for, and the limit profiles."),
  "geo.read": allow(
    ["compliance", "risk", "operations", "auditor"],
    "See where players were when they played, and try what the rules make of a place.",
  ),
  "jurisdiction.propose": allow(["compliance"], "Propose a new version of a jurisdiction's pack.", "step-up"),
  "jurisdiction.approve": allow(["compliance", "admin"], "Be the second person for a jurisdiction's pack.", "step-up"),
  "profile.propose": allow(["risk", "compliance"], "Propose a new version of a limit profile.", "step-up"),
  "profile.approve": allow(["risk", "compliance", "finance"], "Be the second person for a limit profile.", "step-up"),
  "profile.assign": allow(["risk", "compliance"], "Give a player another limit profile.", "step-up"),

  // Money and play.
  "wallet.read": allow(everyone, "See a player's balances and what explains them."),
  "ledger.read": allow(without("support"), "List transactions of all players, with postings and proof."),
  "bet.read": allow(everyone, "See bets and rounds."),
  "bet.void": allow(["operations", "risk"], "Propose to void bets that are still held.", "step-up"),
  "bet.void.approve": allow(
    ["operations", "risk", "compliance", "finance"],
    "Be the second person for voiding bets.",
    "step-up",
  ),
  "bet.settle": allow(["operations", "risk"], "Propose to settle bets whose provider tells no result.", "step-up"),
  "bet.settle.approve": allow(
    ["operations", "risk", "compliance", "finance"],
    "Be the second person for settling bets by hand.",
    "step-up",
  ),
  "round.resolve": allow(["operations", "risk"], "Take a round out of the inbox of troubles, with a reason."),
  "provider.read": allow(everyone, "See game providers: policies, how calls are answered, reports of conformance."),
  "provider.change": allow(
    ["operations", "risk", "admin"],
    "Change a game provider's policy, or pause its bets and take them again.",
    "step-up",
  ),
  "provider.approve": allow(
    ["risk", "finance"],
    "Be the second person for what money depends on in a game provider's policy.",
    "step-up",
  ),
  "provider.rotate": allow(["admin"], "Change what a game provider proves itself with.", "step-up"),
  "provider.transfer": allow(
    ["operations", "finance"],
    "Have a provider asked what became of a transfer to its game bank, and close players' game banks.",
    "step-up",
  ),
  "free-spins.issue": allow(
    ["operations", "admin"],
    "Issue free spins to players with a game provider, and cancel them.",
    "step-up",
  ),
  "provider.keep-report": allow(["operations", "admin"], "Keep a report of a game provider's conformance."),
  "bet.stale-policy": allow(["operations", "risk"], "Change how far the house voids stale bets by itself.", "step-up"),
  "game.read": allow(everyone, "See games, their limits, and when they are in maintenance."),
  "game.change": allow(["operations", "admin"], "Change and import games, and plan maintenance.", "step-up"),
  "brand.open": allow(["operations", "admin"], "Open a brand, for good.", "step-up"),
  "provider.pause": allow(["operations", "risk"], "Pause a provider, or let it go on.", "step-up"),
  "adjustment.propose": allow(["support", "finance", "operations"], "Propose a manual adjustment.", "step-up"),
  "adjustment.approve": allow(["finance", "compliance"], "Be the second person for an adjustment.", "step-up"),
  "payment.read": allow(everyone, "See deposits, and what was checked and what the provider said of each."),
  "deposit.release": allow(["compliance"], "Propose to let a frozen deposit go.", "step-up"),
  "deposit.release.approve": allow(["compliance", "admin"], "Be the second person for that.", "step-up"),
  "treasury.read": allow(without("support"), "See where the house's money lies, what it owes, and what it is open to."),
  "bank.inbox": allow(
    ["support", "finance", "compliance", "auditor"],
    "See who sent money by bank transfer, and find whose it is.",
  ),
  "bank.credit": allow(["finance", "compliance"], "Propose whose a transfer is, or that it goes back.", "step-up"),
  "bank.credit.approve": allow(["finance", "compliance", "admin"], "Be the second person for that.", "step-up"),
  "payout.read": allow(everyone, "See payouts, what was checked, and who decided what."),
  "payout.review": allow(
    ["support", "finance", "compliance", "risk", "operations"],
    "Take payouts from the queue, put them off, and have them checked again.",
  ),
  "payout.approve": allow(["finance", "compliance", "risk"], "Say yes to a payout, first or second.", "step-up"),
  "payout.reject": allow(["finance", "compliance", "risk"], "Turn a payout down.", "step-up"),
  "payout.follow": allow(
    ["finance", "operations"],
    "Ask a provider what became of a payout, and send it again where it never arrived.",
    "step-up",
  ),
  "instrument.verify": allow(
    ["finance", "compliance", "risk"],
    "Say that an instrument is the player's, or take that back.",
    "step-up",
  ),
  "webhook.read": allow(
    ["finance", "risk", "operations", "auditor", "admin"],
    "See what payment providers sent, byte for byte.",
  ),
  "webhook.replay": allow(["finance", "operations"], "Have what a payment provider sent processed again.", "step-up"),
  "chargeback.read": allow(everyone, "See chargebacks, and what was said against them."),
  "chargeback.respond": allow(["finance", "risk"], "Submit evidence against a chargeback, or accept it.", "step-up"),
  "psp.read": allow(
    without("support"),
    "See how payment providers answer, and the rules that deposits and payouts go by.",
  ),
  "psp.control": allow(
    ["finance", "operations"],
    "Pause and resume a payment provider, and change the rules of routing.",
    "step-up",
  ),
  "cashier-rule.propose": allow(
    ["finance", "compliance"],
    "Propose another number that deposits, payouts and chargebacks go by.",
    "step-up",
  ),
  "cashier-rule.approve": allow(["finance", "compliance", "admin"], "Be the second person for that.", "step-up"),
  "break.read": allow(without("support"), "See runs of reconciliations, and the breaks that they found."),
  "break.work": allow(["finance", "operations"], "Start a reconciliation, take breaks on, and write notes on them."),
  "break.resolve": allow(["finance", "operations"], "Propose how a break is ended.", "step-up"),
  "break.approve": allow(["finance", "compliance"], "Be the second person for the end of a break.", "step-up"),
  "kyc.read": allow(["compliance", "risk", "support", "auditor"], "See cases of verification, without documents."),
  "kyc.document": allow(["compliance"], "See a player's documents; each look is written down.", "step-up"),
  "kyc.decide": allow(["compliance"], "Claim cases of verification, and decide them.", "step-up"),
  "kyc.approve": allow(
    ["compliance", "admin"],
    "Be the second person where a case of verification takes two.",
    "step-up",
  ),
  "screening.read": allow(
    ["compliance", "auditor"],
    "See whom lists of sanctions and office holders may mean, and what was decided.",
  ),
  "screening.decide": allow(["compliance"], "Dismiss a screening hit, or propose to confirm or lift one.", "step-up"),
  "screening.approve": allow(["compliance", "admin"], "Be the second person for that, and for the rule.", "step-up"),
  "screening.import": allow(
    ["compliance"],
    "Bring in a new version of a list, and screen all players anew.",
    "step-up",
  ),
  // Who may not read this finds nothing of it anywhere: telling a player that somebody looks is a crime.
  "aml.read": allow(["compliance", "auditor"], "See alerts, cases and reports against money laundering."),
  "aml.work": allow(["compliance"], "Take such cases, write in them, decide them, and draft reports.", "step-up"),
  "aml.propose": allow(
    ["compliance"],
    "Propose to file a report, or another rule against money laundering.",
    "step-up",
  ),
  "aml.approve": allow(["compliance"], "Be the second person for that.", "step-up"),
  "risk.read": allow(
    ["risk", "compliance", "operations", "auditor"],
    "See alerts of risk, and the rules that raise them.",
  ),
  "risk.work": allow(["risk", "compliance"], "Take alerts of risk, and decide them."),
  "risk.rule.propose": allow(["risk", "compliance"], "Propose another rule of risk.", "step-up"),
  "risk.rule.approve": allow(["risk", "compliance"], "Be the second person for a rule of risk.", "step-up"),
  "link.read": allow(["risk", "compliance", "auditor"], "See which accounts have something in common."),
  "event.replay": allow(
    ["operations", "admin"],
    "Hand committed events to a consumer again, from a position or a time.",
    "step-up",
  ),
  "report.read": allow(without("support"), "See figures of the whole house: GGR, NGR, games, cohorts, tied-out days."),
  "report.close": allow(["finance", "admin"], "Compare a day with the ledger, and close it."),
  "charge.propose": allow(["finance"], "Propose what a provider or a state takes of the house's result.", "step-up"),
  "charge.approve": allow(["finance", "admin"], "Be the second person for that.", "step-up"),
  "report.rebuild": allow(
    ["operations", "admin"],
    "Make the facts of reports anew, from ledger or archive.",
    "step-up",
  ),
  "affiliate.read": allow(without("support"), "See affiliates, their players, plans, statements and payments."),
  "affiliate.manage": allow(
    ["finance", "operations", "admin"],
    "Keep affiliates, their codes and their plans.",
    "step-up",
  ),
  "affiliate.attribute": allow(
    ["operations", "compliance"],
    "Say to which affiliate a player belongs, and by which rule that is decided.",
    "step-up",
  ),
  "affiliate.propose": allow(
    ["finance"],
    "Make statements, and propose them and where affiliates are paid.",
    "step-up",
  ),
  "affiliate.approve": allow(["finance", "compliance"], "Be the second person for that.", "step-up"),
  "alert.read": allow(everyone, "See what the house warns of by itself."),
  "alert.acknowledge": allow(["operations", "risk", "finance"], "Take a warning of the house upon oneself."),
  "system.read": allow(everyone, "See how the system is: versions, lags and what is made ahead."),
  "export.create": allow(without("support"), "Export a list, with the filters that it was seen with."),
} as const satisfies Record<string, PermissionRow>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as readonly Permission[];

export function permissionRow(permission: Permission): PermissionRow {
  return permissions[permission];
}

export function mayAny(held: readonly Role[], permission: Permission): boolean {
  return permissionRow(permission).roles.some((role) => held.includes(role));
}

/** Everything that these roles may do together, in the order of the table. */
export function permissionsOf(held: readonly Role[]): Permission[] {
  return permissionNames.filter((permission) => mayAny(held, permission));
}

/** What a machine may be given: reading. What changes something has a person's name under it. */
export function isMachinePermission(permission: Permission): boolean {
  // A key is issued by people who may not read this themselves.
  if (permission === "aml.read") return false;
  return permission.endsWith(".read") || permission === "audit.verify" || permission === "find.any";
}

function allow(to: readonly Role[], means: string, stepUp?: "step-up"): PermissionRow {
  return { roles: to, means, stepUp: stepUp !== undefined };
}

function without(...excluded: readonly Role[]): readonly Role[] {
  return roles.filter((role) => !excluded.includes(role));
}
