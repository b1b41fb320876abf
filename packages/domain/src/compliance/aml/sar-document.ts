/**
 * A report of suspicious activity as the document that leaves the house. Its form follows UNODC's goAML reports (report,
 * reporting person, reason, action, transactions with both sides, indicators), so that a financial intelligence unit's own
 * form is a matter of names. What it is made from decides every byte: the same draft gives the same document and hash.
 */
import { createHash } from "node:crypto";

export interface SarSubject {
  readonly playerId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly address: string;
  readonly country: string;
  readonly email: string;
  readonly phone: string;
  readonly accountOpened: string;
}

export interface SarTransaction {
  /** Names the fact in the house. */
  readonly number: string;
  readonly at: string;
  readonly kind: string;
  readonly amount: string;
  readonly currency: string;
  readonly method: string;
  /** True where the money came to the player's account. */
  readonly incoming: boolean;
}

export interface SarInput {
  readonly entity: string;
  readonly reference: string;
  readonly caseReference: string;
  readonly authority: string;
  readonly draftedAt: string;
  readonly reportingPerson: string;
  readonly narrative: string;
  readonly action: string;
  readonly indicators: readonly string[];
  readonly subject: SarSubject;
  readonly transactions: readonly SarTransaction[];
}

/** Codes of what made the house suspicious, with their words. */
export const sarIndicators = {
  ACCRUED_DEPOSITS: "Deposits beyond what is known of the customer",
  NET_DEPOSITS: "Losses beyond what is known of the customer",
  RAPID_IN_OUT: "Money in and out again with little or no play",
  STRUCTURING: "Amounts kept below a threshold",
  METHOD_MISMATCH: "Paid out over another way than it came",
  DORMANT_ACTIVE: "Dormant account with sudden large movements",
  SHARED_DEVICE: "Several accounts used from one device",
  SHARED_INSTRUMENT: "Several accounts with one payment instrument",
  SOURCE_OF_FUNDS: "Source of funds not explained",
  THIRD_PARTY: "Account used for somebody else",
  OTHER: "Another reason, told in the narrative",
} as const;
export type SarIndicator = keyof typeof sarIndicators;
export const sarIndicatorNames = Object.keys(sarIndicators) as readonly SarIndicator[];

export function writeSar(input: SarInput): string {
  const { subject } = input;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<report>",
    line(1, "rentity_id", input.entity),
    line(1, "submission_code", "E"),
    line(1, "report_code", "SAR"),
    line(1, "entity_reference", input.reference),
    line(1, "fiu_ref_number", input.authority),
    line(1, "case_reference", input.caseReference),
    line(1, "submission_date", input.draftedAt),
    line(1, "currency_code_local", "EUR"),
    "  <reporting_person>",
    line(2, "name", input.reportingPerson),
    "  </reporting_person>",
    line(1, "reason", input.narrative),
    line(1, "action", input.action),
    "  <activity>",
    "    <report_party>",
    "      <person>",
    line(4, "first_name", subject.firstName),
    line(4, "last_name", subject.lastName),
    line(4, "birthdate", subject.birthDate),
    line(4, "address", subject.address),
    line(4, "residence", subject.country),
    line(4, "email", subject.email),
    line(4, "phone", subject.phone),
    "        <account>",
    line(5, "account", subject.playerId),
    line(5, "opened", subject.accountOpened),
    "        </account>",
    "      </person>",
    "    </report_party>",
    "  </activity>",
    ...input.transactions.flatMap(transaction),
    "  <report_indicators>",
    ...input.indicators.map((indicator) => line(2, "indicator", indicator)),
    "  </report_indicators>",
    "</report>",
  ];
  return `${lines.join("\n")}\n`;
}

function transaction(one: SarTransaction): string[] {
  const account = one.incoming ? "to_account" : "from_account";
  return [
    "  <transaction>",
    line(2, "transactionnumber", one.number),
    line(2, "date_transaction", one.at),
    line(2, "transmode_code", one.method),
    line(2, "transaction_description", one.kind),
    line(2, "amount", one.amount),
    line(2, "currency_code", one.currency),
    line(2, "direction", account),
    "  </transaction>",
  ];
}

/** An element that is empty says that the house does not know. */
function line(depth: number, name: string, text: string): string {
  const indent = "  ".repeat(depth);
  return text === "" ? `${indent}<${name}/>` : `${indent}<${name}>${escapeXml(text)}</${name}>`;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML 1.0 has no place for most control characters, not even escaped: they are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

export function hashSar(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}
