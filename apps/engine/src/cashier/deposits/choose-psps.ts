/** Which providers a deposit may be given to, in order, and the card as each of them knows it. */
import { listControls, listRules } from "@pitboss/db/cashier/routing-store";
import { chooseRoute } from "@pitboss/domain/cashier/routing";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Cashier } from "../cashier.ts";
import type { DescribedCard, Psp } from "../psp/psp.ts";
import type { DepositWish } from "./request-deposit.ts";

export interface Candidate {
  readonly psp: Psp;
  readonly token: string;
  readonly card: DescribedCard;
}

export interface Candidates {
  /** The rule that chose them; null where it was the house's own order. */
  readonly rule: string | null;
  /** At least one. */
  readonly all: readonly [Candidate, ...Candidate[]];
}

export async function choosePsps(cashier: Cashier, wish: DepositWish, country: string): Promise<Result<Candidates>> {
  const { db, clock, log, psps, mayTry } = cashier;
  const tokens = new Map<string, string>();
  for (const token of [wish.token, ...wish.moreTokens]) {
    const owner = [...psps.values()].find((psp) => psp.ownsToken(token));
    if (owner !== undefined && !tokens.has(owner.code)) tokens.set(owner.code, token);
  }
  if (tokens.size === 0) return err("INSTRUMENT_INVALID");
  const paused = new Map((await listControls(db)).map((control) => [control.psp, control.paused]));
  const standings = [...psps.keys()].map((code) => ({
    code,
    paused: paused.get(code) ?? false,
    mayTry: mayTry(code),
    hasToken: tokens.has(code),
  }));
  const { currency, amount } = wish;
  const rules = await listRules(db, new Date(clock.now()));
  const route = chooseRoute(rules, { country, currency, amount }, standings);
  const described = await Promise.all(
    route.psps.map(async (code) => {
      const [psp, token] = [psps.get(code), tokens.get(code)];
      if (psp === undefined || token === undefined) return undefined;
      const asked = await psp.describeCard(token, formatId("player", wish.playerId));
      if (asked.kind !== "answered") log.warn({ psp: code, why: asked.why }, "a card could not be looked up");
      return { psp, token, asked };
    }),
  );
  const all: Candidate[] = [];
  let unreachable = route.leftOut.some(({ why }) => why === "BREAKER_OPEN" || why === "PAUSED");
  for (const one of described) {
    if (one === undefined) continue;
    const { psp, token, asked } = one;
    if (asked.kind === "answered" && asked.value !== undefined) all.push({ psp, token, card: asked.value });
    else if (asked.kind === "unanswered" || asked.kind === "unsent") unreachable = true;
  }
  const [first, ...others] = all;
  if (first === undefined) return err(unreachable ? "PSP_UNAVAILABLE" : "INSTRUMENT_INVALID");
  // Tokens of another card would charge another card than the one that was checked.
  if (others.some(({ card }) => !isSameCard(card, first.card))) return err("INSTRUMENT_INVALID");
  return ok({ rule: route.rule, all: [first, ...others] });
}

function isSameCard(a: DescribedCard, b: DescribedCard): boolean {
  return a.last4 === b.last4 && a.expiresMonth === b.expiresMonth && a.expiresYear === b.expiresYear;
}
