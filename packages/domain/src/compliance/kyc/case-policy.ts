/** What the house asks of its own people before a case is decided, and for how long a verification holds. */
import type { CaseDecision, DocumentKind, VerifiedLevel } from "./case-machine.ts";

/** What a reviewer says to have looked at, by level, before it is approved. */
export const caseChecklists = {
  1: ["NAME_MATCHES", "ADDRESS_MATCHES", "PROOF_RECENT", "AGE_ALLOWS"],
  2: ["PORTRAIT_CLEAR", "NAME_MATCHES", "BIRTH_DATE_MATCHES", "DOCUMENT_VALID", "NO_MANIPULATION"],
  3: ["SOURCE_NAMED", "AMOUNTS_FIT_PLAY", "PAPERS_RECENT", "NAME_MATCHES"],
} as const satisfies Record<VerifiedLevel, readonly string[]>;
export type CaseCheck = (typeof caseChecklists)[VerifiedLevel][number];
export const caseChecks = [...new Set(Object.values(caseChecklists).flat())] as readonly CaseCheck[];

/** What of the list was not ticked. */
export function findUnchecked(level: VerifiedLevel, checked: readonly CaseCheck[]): CaseCheck[] {
  return caseChecklists[level].filter((check) => !checked.includes(check));
}

/** Decisions that take a second person: from this level on, or where something that was approved is taken back. */
const twoPeople: readonly { readonly decision: CaseDecision; readonly fromLevel: VerifiedLevel }[] = [
  { decision: "approve", fromLevel: 3 },
  { decision: "revoke", fromLevel: 1 },
];

/**
 * An approval of a case whose earlier approval was taken back takes two people on every level. Asking anew takes one: it is
 * how one person keeps a player from what may be wrong while the second is looked for.
 */
export function takesTwoPeople(decision: CaseDecision, level: VerifiedLevel, wasTakenBack: boolean): boolean {
  if (decision === "approve" && wasTakenBack) return true;
  return twoPeople.some((row) => row.decision === decision && level >= row.fromLevel);
}

/** Months after which a level is asked for anew whatever its documents say. */
const renewalMonths = { standard: 36, high: 12 } as const;
/** Players with one of these tags are looked at more often. */
export const highRiskTags: readonly string[] = ["pep", "high-risk"];

const expiring: readonly DocumentKind[] = ["PASSPORT", "ID_CARD", "DRIVING_LICENCE"];

export interface HeldDocument {
  readonly kind: DocumentKind;
  /** ISO date of the last day on which it is valid. */
  readonly validUntil: string | null;
}

/**
 * When a level has to be asked for anew, ms: by the house's rhythm, or earlier where its last document of identity runs out.
 * Documents without a known day do not run out by themselves.
 */
export function renewalAt(approvedAtMs: number, highRisk: boolean, documents: readonly HeldDocument[]): number {
  const rhythm = addMonths(approvedAtMs, renewalMonths[highRisk ? "high" : "standard"]);
  const identity = documents.filter(({ kind }) => expiring.includes(kind));
  const ends = identity.flatMap(({ validUntil }) => (validUntil === null ? [] : [Date.parse(validUntil) + dayMs]));
  // One that is valid is enough: the last to run out counts, and one without a day never does.
  if (identity.length === 0 || ends.length < identity.length) return rhythm;
  return Math.min(rhythm, Math.max(...ends));
}

const dayMs = 86_400_000;
/** How long before that the player is told, ms. */
export const renewalNoticeMs = 30 * dayMs;

/** The same day of a later month, or that month's last. */
function addMonths(ms: number, months: number): number {
  const from = new Date(ms);
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate();
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + months);
  to.setUTCDate(Math.min(from.getUTCDate(), last));
  return to.getTime();
}

/** The highest level up to which all are approved. */
export function reachedLevel(approved: readonly VerifiedLevel[]): 0 | 1 | 2 | 3 {
  if (!approved.includes(1)) return 0;
  if (!approved.includes(2)) return 1;
  return approved.includes(3) ? 3 : 2;
}
