/** The life of a KYC case as a table, and what each level of verification takes. */
import type { PersonalField } from "../../identity/personal-data.ts";

export const caseMachine = {
  INIT: { submit: "PENDING" },
  PENDING: { hold: "ON_HOLD", approve: "APPROVED", askAgain: "REJECTED_RETRY", reject: "REJECTED_FINAL" },
  ON_HOLD: { resume: "PENDING", approve: "APPROVED", askAgain: "REJECTED_RETRY", reject: "REJECTED_FINAL" },
  REJECTED_RETRY: { submit: "PENDING" },
  REJECTED_FINAL: {},
  // What was approved may turn out to be wrong, or be out of date. What the vendor takes back goes to a person again.
  APPROVED: { revoke: "REJECTED_FINAL", renew: "REJECTED_RETRY", reopen: "PENDING" },
} as const satisfies Record<string, Partial<Record<string, string>>>;

export type CaseState = keyof typeof caseMachine;
export const caseStates = Object.keys(caseMachine) as readonly CaseState[];

/** What staff decides of a case; `submit` is the player's, `reopen` the vendor's. */
export const caseDecisions = ["hold", "resume", "approve", "askAgain", "reject", "revoke", "renew"] as const;
export type CaseDecision = (typeof caseDecisions)[number];
export type CaseEvent = CaseDecision | "submit" | "reopen";

/** The state that the decision leads to; undefined where it can't be made in this one. */
export function stateAfter(state: CaseState, event: CaseEvent): CaseState | undefined {
  const row: Partial<Record<CaseEvent, CaseState>> = caseMachine[state];
  return row[event];
}

export const documentKinds = ["PASSPORT", "ID_CARD", "DRIVING_LICENCE", "PROOF_OF_ADDRESS", "SOURCE_OF_FUNDS"] as const;
export type DocumentKind = (typeof documentKinds)[number];

export type VerifiedLevel = 1 | 2 | 3;

interface LevelNeed {
  /** Fields of the player's data that have to be known. */
  readonly fields: readonly PersonalField[];
  /** One of each group has to be uploaded. */
  readonly documents: readonly (readonly DocumentKind[])[];
}

const person: readonly PersonalField[] = ["firstName", "lastName", "birthDate", "address"];

/**
 * 1: name, address and birth date, with proof of the address; 2: a document of identity; 3: source of funds. Nothing that
 * a lower level asks for is asked for again.
 */
const levelNeeds: Readonly<Record<VerifiedLevel, LevelNeed>> = {
  1: { fields: person, documents: [["PROOF_OF_ADDRESS"]] },
  2: { fields: person, documents: [["PASSPORT", "ID_CARD", "DRIVING_LICENCE"]] },
  3: { fields: person, documents: [["SOURCE_OF_FUNDS"]] },
};

export interface Missing {
  readonly fields: readonly PersonalField[];
  readonly documents: readonly (readonly DocumentKind[])[];
}

/** What a player still has to give before the case can be looked at. */
export function findMissing(
  level: VerifiedLevel,
  known: readonly PersonalField[],
  uploaded: readonly DocumentKind[],
): Missing {
  const { fields, documents } = levelNeeds[level];
  return {
    fields: fields.filter((field) => !known.includes(field)),
    documents: documents.filter((group) => !group.some((kind) => uploaded.includes(kind))),
  };
}

/** Why a player is asked again, or turned down; the sentence is what the player reads. */
export const caseReasons = {
  UNREADABLE: "The document can’t be read. Please send it again, whole and in focus.",
  EXPIRED_DOCUMENT: "The document has run out. Please send one that is valid.",
  WRONG_DOCUMENT: "This is another document than was asked for.",
  DATA_DIFFER: "What the document says differs from your account.",
  PAGE_MISSING: "A page or side of the document is missing.",
  UNDERAGE: "You are not old enough to play.",
  FORGED: "The document could not be accepted.",
  MORE_PROOF: "Please send another document that proves the same; this one alone is not enough.",
  SOURCE_UNCLEAR: "Please send pay slips of three months, or a tax assessment, that show where your money comes from.",
  VERIFY_AGAIN: "It is some time since you were verified. Please send a document that is valid today.",
  OTHER: "Please contact our support.",
} as const;
export type CaseReason = keyof typeof caseReasons;
export const caseReasonNames = Object.keys(caseReasons) as readonly CaseReason[];

/** Hours from the player's submission until somebody should have looked, under a pack that does not say. */
export const usualCaseHours = 24;
/** A reviewer who took a case has it alone for so long, minutes. */
export const claimMinutes = 30;
