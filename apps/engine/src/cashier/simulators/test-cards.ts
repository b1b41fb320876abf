/** What a simulated card is and does, said by its token: `<prefix>_<kind>_<whose>`, the prefix being the provider's. */
import { createHash } from "node:crypto";

/** What becomes of a payout to it; `wait` is one that nobody hears of again. */
export type PayoutConduct = "pay" | "fail" | "return" | "refuse" | "wait";

export type CardConduct = "take" | "decline" | "action" | "slow" | "partial" | "dispute";

export interface TestCard {
  readonly conduct: CardConduct;
  readonly payout: PayoutConduct;
  readonly brand: string;
  readonly last4: string;
  readonly fingerprint: string;
  readonly declineCode?: string;
}

const kinds: Readonly<Record<string, Omit<TestCard, "fingerprint" | "payout"> & Partial<Pick<TestCard, "payout">>>> = {
  visa: { conduct: "take", brand: "visa", last4: "4242" },
  mastercard: { conduct: "take", brand: "mastercard", last4: "4444" },
  declined: { conduct: "decline", brand: "visa", last4: "9995", declineCode: "insufficient_funds" },
  lost: { conduct: "decline", brand: "visa", last4: "9987", declineCode: "lost_card" },
  action: { conduct: "action", brand: "visa", last4: "3155" },
  slow: { conduct: "slow", brand: "visa", last4: "3220" },
  closed: { conduct: "take", payout: "fail", brand: "visa", last4: "0116" },
  returned: { conduct: "take", payout: "return", brand: "mastercard", last4: "0124" },
  inward: { conduct: "take", payout: "refuse", brand: "visa", last4: "0132" },
  silent: { conduct: "take", payout: "wait", brand: "visa", last4: "0140" },
  disputed: { conduct: "dispute", brand: "visa", last4: "0259" },
  partial: { conduct: "partial", brand: "visa", last4: "0077" },
};

export function findTestCard(token: string, prefix: "pm_card" | "src" | "rec"): TestCard | undefined {
  const kind = token.startsWith(`${prefix}_`)
    ? /^([a-z]+)(?:_[A-Za-z0-9_-]+)?$/.exec(token.slice(prefix.length + 1))?.[1]
    : undefined;
  const card = kind === undefined ? undefined : kinds[kind];
  if (card === undefined) return undefined;
  return { payout: "pay", ...card, fingerprint: createHash("sha256").update(token).digest("base64url").slice(0, 16) };
}
