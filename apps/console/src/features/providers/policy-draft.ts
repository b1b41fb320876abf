/** A provider's policy as a form has it: one text for each field, read back into a policy or into what can't be taken. */
import {
  defaultFreeSpins,
  defaultGameBank,
  type ProviderPolicy,
  providerPolicySchema,
} from "@pitboss/domain/gaming/provider-policy";

export type FieldKind = "rollback" | "list" | "amounts" | "number" | "maybeNumber" | "switch" | "text";

export const policyGroups = {
  money: [
    { path: "settledRollback", kind: "rollback" },
    { path: "currencies", kind: "list" },
    { path: "betMax", kind: "amounts" },
  ],
  calls: [
    { path: "closedCountries", kind: "list" },
    { path: "networks", kind: "list" },
    { path: "clockToleranceSeconds", kind: "number" },
    { path: "answerWithinMs", kind: "number" },
    { path: "mutualTls", kind: "switch" },
  ],
  circuit: [
    { path: "circuit.watched", kind: "switch" },
    { path: "circuit.windowSeconds", kind: "number" },
    { path: "circuit.fewestCalls", kind: "number" },
    { path: "circuit.faultyPercent", kind: "number" },
    { path: "circuit.slowMs", kind: "number" },
    { path: "circuit.slowPercent", kind: "number" },
    { path: "circuit.silentSeconds", kind: "maybeNumber" },
    { path: "circuit.openSeconds", kind: "number" },
    { path: "circuit.longestOpenSeconds", kind: "number" },
    { path: "circuit.probationSeconds", kind: "number" },
  ],
  bank: [
    { path: "gameBank.on", kind: "switch" },
    { path: "gameBank.url", kind: "text" },
    { path: "gameBank.most", kind: "amounts" },
    { path: "gameBank.sweepMinutes", kind: "number" },
    { path: "gameBank.answerWithinMs", kind: "number" },
    { path: "gameBank.retryFirstSeconds", kind: "number" },
    { path: "gameBank.retryMostSeconds", kind: "number" },
    { path: "gameBank.quietSeconds", kind: "number" },
    { path: "gameBank.alertMinutes", kind: "number" },
  ],
  spins: [
    { path: "freeSpins.on", kind: "switch" },
    { path: "freeSpins.url", kind: "text" },
    { path: "freeSpins.casinoId", kind: "text" },
    { path: "freeSpins.asks", kind: "switch" },
    { path: "freeSpins.mostSpins", kind: "number" },
    { path: "freeSpins.longestDays", kind: "number" },
    { path: "freeSpins.answerWithinMs", kind: "number" },
    { path: "freeSpins.retryFirstSeconds", kind: "number" },
    { path: "freeSpins.retryMostSeconds", kind: "number" },
    { path: "freeSpins.quietSeconds", kind: "number" },
  ],
} as const satisfies Record<string, readonly { readonly path: string; readonly kind: FieldKind }[]>;

export type PolicyGroup = keyof typeof policyGroups;
export type PolicyField = (typeof policyGroups)[PolicyGroup][number];
export type PolicyPath = PolicyField["path"];
export type PolicyDraft = Readonly<Record<PolicyPath, string>>;

const fields: readonly PolicyField[] = Object.values(policyGroups).flat();

export function draftOf(policy: ProviderPolicy): PolicyDraft {
  const bank = policy.gameBank ?? { ...defaultGameBank, url: "" };
  const spins = policy.freeSpins ?? { ...defaultFreeSpins, url: "", casinoId: "" };
  const whole = {
    ...policy,
    gameBank: { ...bank, on: policy.gameBank !== null },
    freeSpins: { ...spins, on: policy.freeSpins !== null },
  };
  return Object.fromEntries(fields.map(({ path, kind }) => [path, write(kind, valueAt(whole, path))])) as PolicyDraft;
}

export type ReadPolicy =
  | { readonly ok: true; readonly policy: ProviderPolicy }
  | { readonly ok: false; readonly wrong: ReadonlySet<PolicyPath> };

export function readDraft(draft: PolicyDraft): ReadPolicy {
  const whole: Record<string, unknown> = { circuit: {}, gameBank: {}, freeSpins: {} };
  for (const { path, kind } of fields) {
    const [first, second] = path.split(".") as [string, string?];
    const value = read(kind, draft[path]);
    if (second === undefined) whole[first] = value;
    else (whole[first] as Record<string, unknown>)[second] = value;
  }
  const parsed = providerPolicySchema.safeParse({
    ...whole,
    gameBank: whereOn(whole["gameBank"]),
    freeSpins: whereOn(whole["freeSpins"]),
  });
  if (parsed.success) return { ok: true, policy: parsed.data };
  const places = parsed.error.issues.map(({ path }) => path.join("."));
  const isWrong = (path: string) => places.some((place) => place === path || place.startsWith(`${path}.`));
  return { ok: false, wrong: new Set(fields.map(({ path }) => path).filter(isWrong)) };
}

/** What belongs together and is switched off is none. */
function whereOn(group: unknown): Record<string, unknown> | null {
  const { on, ...rest } = group as Record<string, unknown>;
  return on === true ? rest : null;
}

function valueAt(whole: object, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], whole);
}

function write(kind: FieldKind, value: unknown): string {
  if (kind === "list") return (value as readonly string[]).join(", ");
  if (kind === "amounts") {
    return Object.entries(value as Record<string, string>)
      .map(([currency, amount]) => `${amount} ${currency}`)
      .join("\n");
  }
  if (typeof value === "string") return value;
  return value === null ? "" : JSON.stringify(value);
}

function read(kind: FieldKind, text: string): unknown {
  const bare = text.trim();
  if (kind === "list") return bare === "" ? [] : bare.split(/[\s,]+/).filter((one) => one !== "");
  if (kind === "amounts") return readAmounts(bare);
  if (kind === "switch") return text === "true";
  if (kind === "maybeNumber" && bare === "") return null;
  // An empty text would be the number zero.
  if (kind === "number" || kind === "maybeNumber") return bare === "" ? Number.NaN : Number(bare);
  return bare;
}

/** One line an amount, as in `100.00 EUR`. A line of another form, and a currency's second line, stay as what no policy takes. */
function readAmounts(text: string): Record<string, string> {
  const amounts: Record<string, string> = {};
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [amount = "", currency = "", ...more] = line.trim().split(/\s+/);
    const key = currency.toUpperCase();
    amounts[more.length > 0 || key in amounts ? line : key] = amount;
  }
  return amounts;
}
