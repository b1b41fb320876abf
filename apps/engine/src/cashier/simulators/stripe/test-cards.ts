/** What a simulated card is and does, said by its token: `pm_card_<kind>_<whose>`. */
import { createHash } from "node:crypto";

export type CardConduct = "take" | "decline" | "action" | "slow" | "partial";

export interface TestCard {
  readonly conduct: CardConduct;
  readonly brand: string;
  readonly last4: string;
  readonly fingerprint: string;
  readonly declineCode?: string;
}

const kinds: Readonly<Record<string, Omit<TestCard, "fingerprint">>> = {
  visa: { conduct: "take", brand: "visa", last4: "4242" },
  mastercard: { conduct: "take", brand: "mastercard", last4: "4444" },
  declined: { conduct: "decline", brand: "visa", last4: "9995", declineCode: "insufficient_funds" },
  lost: { conduct: "decline", brand: "visa", last4: "9987", declineCode: "lost_card" },
  action: { conduct: "action", brand: "visa", last4: "3155" },
  slow: { conduct: "slow", brand: "visa", last4: "3220" },
  partial: { conduct: "partial", brand: "visa", last4: "0077" },
};

export function findTestCard(token: string): TestCard | undefined {
  const kind = /^pm_card_([a-z]+)(?:_[A-Za-z0-9_-]+)?$/.exec(token)?.[1];
  const card = kind === undefined ? undefined : kinds[kind];
  if (card === undefined) return undefined;
  return { ...card, fingerprint: createHash("sha256").update(token).digest("base64url").slice(0, 16) };
}
