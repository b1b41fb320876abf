/**
 * The moving part of the gate's row as two texts. `play` is read and written with every bet of a player who has limits: the
 * clock in the first line, then a line for each limit; as JSON that cost more than the rules themselves. `older` has, in
 * a line for each limit, the slots that most bets have no need of.
 */
import type { LimitPeriod, WindowKind } from "../compliance/limit-window.ts";
import { isCurrency } from "../wallet/currency.ts";
import type { CountedKind, CountedLimit, GateState, PlayClock } from "./gate-state.ts";
import { readCounter, storeCounter, storeOlder } from "./window-counter.ts";

/** `started,last,checked,spin` in ms, the last one empty where there was no spin; then `kind|period|window|zone|currency|amount|counter`. */
export function storePlay({ limits, clock }: Pick<GateState, "limits" | "clock">): string {
  let text =
    clock === null
      ? ""
      : `${clock.startedMs},${clock.lastMs},${clock.checkedMs},${clock.spinMs === null ? "" : clock.spinMs}`;
  for (const { kind, period, window, zone, currency, amount, counter } of limits) {
    text += `\n${kind}|${period}|${window}|${zone}|${currency ?? ""}|${amount}|${storeCounter(counter)}`;
  }
  return text;
}

/** Without the older slots of its limits. */
export function readPlay(text: string): { readonly limits: CountedLimit[]; readonly clock: PlayClock | null } {
  const [clock, ...lines] = text.split("\n");
  return { clock: readClock(clock ?? ""), limits: lines.map(readLimit) };
}

/** Undefined where no older slot was looked at, so that none can have changed. */
export function storeOlderPlay({ limits }: Pick<GateState, "limits">): string | undefined {
  if (limits.every(({ counter: { older } }) => older === undefined)) return undefined;
  return limits.map(({ counter }) => storeOlder(counter)).join("\n");
}

export function readOlderPlay({ limits }: Pick<GateState, "limits">, text: string): void {
  const lines = text.split("\n");
  for (const [index, { counter }] of limits.entries()) counter.older = lines[index] ?? "";
}

function readClock(text: string): PlayClock | null {
  if (text === "") return null;
  const [startedMs, lastMs, checkedMs, spin] = text.split(",");
  return {
    startedMs: Number(startedMs),
    lastMs: Number(lastMs),
    checkedMs: Number(checkedMs),
    spinMs: spin === "" ? null : Number(spin),
  };
}

function readLimit(line: string): CountedLimit {
  const [kind, period, window, zone, currency, amount, ...counter] = line.split("|");
  return {
    kind: kind as CountedKind,
    period: period as LimitPeriod,
    window: window as WindowKind,
    zone: zone ?? "",
    currency: currency !== undefined && isCurrency(currency) ? currency : null,
    amount: BigInt(amount ?? 0),
    counter: readCounter(counter),
  };
}
