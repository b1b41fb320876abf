/** What a simulated card is and does, said by its token: `<prefix>_<kind>_<whose>`, the prefix being the provider's. */
import { createHash } from "node:crypto";

export type CardConduct = "take" | "decline" | "action" | "slow" | "partial" | "dispute";

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
  disputed: { conduct: "dispute", brand: "visa", last4: "0259" },
  partial: { conduct: "partial", brand: "visa", last4: "0077" },
};

export function findTestCard(token: string, prefix: "pm_card" | "src" | "rec"): TestCard | undefined {
  const kind = token.startsWith(`${prefix}_`)
    ? /^([a-z]+)(?:_[A-Za-z0-9_-]+)?$/.exec(token.slice(prefix.length + 1))?.[1]
    : undefined;
  const card = kind === undefined ? undefined : kinds[kind];
  if (card === undefined) return undefined;
  return { ...card, fingerprint: createHash("sha256").update(token).digest("base64url").slice(0, 16) };
}
