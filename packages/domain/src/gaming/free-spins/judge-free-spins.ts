/** Who may be given free spins, what a provider's word about them means, and what the house pays at their end. */
import { err, ok, type Failure, type Result } from "../../kernel/result.ts";
import type { Currency } from "../../wallet/currency.ts";
import type { FreeSpinsPolicy, ProviderPolicy } from "../provider-policy.ts";
import { type FreeSpinsEvent, freeSpinsMachine, type FreeSpinsState } from "./free-spins-machine.ts";
import type { FreeSpinsReport, IssueStatus } from "./free-spins-words.ts";

const dayMs = 24 * 3_600_000;

export interface IssueFacts {
  readonly currency: Currency;
  readonly spins: number;
  readonly validUntilMs: number;
  readonly nowMs: number;
  readonly country: string;
  readonly blocked: boolean;
  readonly providerPaused: boolean;
  readonly games: readonly {
    readonly code: string;
    readonly open: boolean;
    readonly ofProvider: boolean;
    readonly bannedCountries: readonly string[];
    readonly currencies: readonly string[];
  }[];
}

export function judgeIssue(policy: ProviderPolicy, facts: IssueFacts): Result<FreeSpinsPolicy> {
  const { freeSpins } = policy;
  const { currency, spins, validUntilMs, nowMs, country, games } = facts;
  if (freeSpins === null) return err("FREE_SPINS_NONE");
  if (facts.providerPaused) return err("PROVIDER_PAUSED");
  if (facts.blocked) return err("PLAYER_BLOCKED");
  if (policy.closedCountries.includes(country)) return err("COUNTRY_CLOSED");
  if (policy.currencies.length > 0 && !policy.currencies.includes(currency)) return err("CURRENCY_MISMATCH");
  if (spins > freeSpins.mostSpins) {
    return err("FREE_SPINS_TOO_MANY", `At most ${freeSpins.mostSpins} at once.`, { most: freeSpins.mostSpins, spins });
  }
  if (validUntilMs <= nowMs) return err("FREE_SPINS_EXPIRY", "It lies in the past.");
  if (validUntilMs - nowMs > freeSpins.longestDays * dayMs) {
    return err("FREE_SPINS_EXPIRY", `At most ${freeSpins.longestDays} days from now.`);
  }
  for (const game of games) {
    if (!game.ofProvider) return err("GAME_NOT_FOUND", `${game.code} is no game of this provider.`);
    if (!game.open) return err("GAME_DISABLED", `${game.code} is closed.`);
    if (game.bannedCountries.includes(country)) return err("COUNTRY_CLOSED", `${game.code} is closed in ${country}.`);
    if (!game.currencies.includes(currency)) {
      return err("CURRENCY_MISMATCH", `${game.code} is not played in ${currency}.`);
    }
  }
  return ok(freeSpins);
}

export type IssueStep =
  | { readonly event: "confirm" | "start" | "cancel" | "expire" }
  | { readonly event: "refuse"; readonly reason: string; readonly code: string; readonly message: string }
  /** `why` is what is not known yet. */
  | { readonly event: "lose"; readonly why: string };

/** After an issue was sent. `asks`: whether the provider answers questions about an issue. */
export function decideIssued(report: FreeSpinsReport, asks: boolean): IssueStep {
  switch (report.kind) {
    case "DONE":
      return { event: "confirm" };
    case "UNANSWERED":
      return { event: "lose", why: report.why };
    case "REFUSED": {
      const { reason, code, message } = report;
      // There is such an issue already: an earlier try of ours, in whatever state it has come to.
      if (reason === "STATE_CONFLICT") return asks ? { event: "lose", why: message } : { event: "confirm" };
      if (reason === "NOT_SYNCED") return { event: "lose", why: message };
      return { event: "refuse", reason, code, message };
    }
    case "STANDS":
      return stepTo(report.status);
    case "NOT_FOUND":
      return { event: "lose", why: "It said that it knows no such issue." };
  }
}

/** Undefined where it has to be sent again, once it was quiet for long enough. */
export function decideAsked(report: FreeSpinsReport): IssueStep | undefined {
  if (report.kind === "STANDS") return stepTo(report.status);
  if (report.kind === "NOT_FOUND") return undefined;
  if (report.kind === "REFUSED" && report.reason === "ISSUE_INVALID") return undefined;
  return { event: "lose", why: report.kind === "UNANSWERED" ? report.why : "Its answer does not say." };
}

/** One that was played is paid when the provider's own call says what was won, and not before. */
function stepTo(status: IssueStatus): IssueStep {
  switch (status) {
    case "issued":
      return { event: "confirm" };
    case "active":
    case "played":
      return { event: "start" };
    case "expired":
      return { event: "expire" };
    case "canceled":
      return { event: "cancel" };
  }
}

export type RecallStep =
  | { readonly event: "cancel" | "expire" }
  | { readonly event: "keep"; readonly reason: string; readonly code: string; readonly message: string }
  /** Not known yet: it is asked about. */
  | { readonly event: null; readonly askFirst: boolean };

/** After a cancellation was sent. */
export function decideCancelled(report: FreeSpinsReport, asks: boolean): RecallStep {
  switch (report.kind) {
    case "DONE":
    case "NOT_FOUND":
      return { event: "cancel" };
    case "UNANSWERED":
    case "STANDS":
      return { event: null, askFirst: false };
    case "REFUSED": {
      const { reason, code, message } = report;
      if (reason === "EXPIRED") return { event: "expire" };
      if (reason === "ISSUE_INVALID") return { event: "cancel" };
      if (reason === "NOT_SYNCED") return { event: null, askFirst: false };
      if (reason === "STATE_CONFLICT" && asks) return { event: null, askFirst: true };
      return { event: "keep", reason, code, message };
    }
  }
}

/** Of a cancellation that was asked about. Null where it is still to be cancelled. */
export function decideRecalled(report: FreeSpinsReport): "cancel" | "expire" | null {
  if (report.kind === "STANDS") {
    return report.status === "canceled" ? "cancel" : report.status === "expired" ? "expire" : null;
  }
  return report.kind === "NOT_FOUND" ? "cancel" : null;
}

export interface EndFacts {
  readonly state: FreeSpinsState;
  /** What was won in all, once the provider has said; null before. Minor units. */
  readonly won: bigint | null;
}

export type ToldStatus = "active" | "played" | "expired" | "canceled";
const toldEvents = { active: "start", played: "play", expired: "expire", canceled: "cancel" } as const;

export interface EndDecision {
  /** Null where it changes nothing any more. */
  readonly event: FreeSpinsEvent | null;
  /** Minor units, to be paid once for the issue. */
  readonly pays: bigint;
}

/** The provider's own call about an issue. The first final word counts; the same again is a repeat, another is refused. */
export function decideTold(
  { state, won }: EndFacts,
  status: ToldStatus,
  total: bigint,
): Result<EndDecision, Failure<"REQUEST_REUSED">> {
  const moves: Readonly<Record<string, string>> = freeSpinsMachine[state];
  const event = toldEvents[status];
  if (status === "active") return ok({ event: event in moves ? event : null, pays: 0n });
  if (won !== null) return won === total ? ok({ event: null, pays: won }) : err("REQUEST_REUSED");
  return ok({ event: event in moves ? event : null, pays: total });
}
