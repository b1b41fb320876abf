/**
 * Lets an attempt through or says how long it must wait. It is counted as failed before it is looked at, so that
 * attempts that come at once do not all see the same count; a success takes it back.
 */
import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { clearCounter, countAttempt, discountAttempt, lockCounters } from "@pitboss/db/identity/sign-in-records";
import type { Database } from "@pitboss/db/kernel/pool";
import { type ThrottleRule, throttleRules, throttleWaitMs } from "@pitboss/domain/identity/sign-in-throttle";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Clock } from "../../kernel/context.ts";

export interface Door {
  readonly kind: "staff" | "player";
  /** What is tried: a password on an account, its second factor, a mail to it, or opening one. */
  readonly step: "password" | "factor" | "mail" | "registration";
  /** The address or id that names the account, whether there is one or not. */
  readonly account: string;
  readonly ip: string | null;
  /** Of a device that this account's owner signed in from, and that showed its secret: it is counted by itself alone. */
  readonly knownDevice?: bigint | undefined;
}

interface Counter {
  readonly key: Buffer;
  readonly rule: ThrottleRule;
  /** True for the pair of account and address, which a success clears and which then counts as known. */
  readonly pair: boolean;
  /** True for counters that a known pair is not held back by. */
  readonly forStrangers: boolean;
}

/** For what costs each time, right or wrong: a mail, a new account. */
export async function takeTurn(
  context: { readonly db: Database; readonly clock: Clock },
  door: Door,
): Promise<Result<true, Failure<"SIGN_IN_WAIT">>> {
  return enter(context, countersOf(door));
}

/** `check` answers undefined where the attempt was wrong. */
export async function throttled<T>(
  context: { readonly db: Database; readonly clock: Clock },
  door: Door,
  check: () => Promise<T | undefined>,
): Promise<Result<T | undefined, Failure<"SIGN_IN_WAIT">>> {
  const counters = countersOf(door);
  const entered = await enter(context, counters);
  if (!entered.ok) return entered;
  const value = await check();
  if (value !== undefined) await leave(context, counters);
  return ok(value);
}

function enter(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  counters: readonly Counter[],
): Promise<Result<true, Failure<"SIGN_IN_WAIT">>> {
  return db.transaction(async (tx) => {
    const nowMs = clock.now();
    const now = new Date(nowMs);
    const counted = await lockCounters(
      tx,
      counters.map(({ key }) => key),
      now,
    );
    const known = counters.some(({ pair }, index) => pair && counted[index]?.known === true);
    const waits = counters.map(({ rule, forStrangers }, index) =>
      forStrangers && known ? 0 : throttleWaitMs(rule, counted[index], nowMs),
    );
    const waitMs = Math.max(...waits);
    if (waitMs > 0) {
      const waitSeconds = Math.ceil(waitMs / 1000);
      return err("SIGN_IN_WAIT", `Wait ${waitSeconds} s.`, { waitSeconds });
    }
    for (const { key, rule } of counters) await countAttempt(tx, key, rule.forgetMs, now);
    return ok(true);
  });
}

async function leave(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  counters: readonly Counter[],
): Promise<void> {
  await db.transaction(async (tx) => {
    // The same order as in `enter`, so that two who meet here can't wait for each other.
    await lockCounters(
      tx,
      counters.map(({ key }) => key),
      new Date(clock.now()),
    );
    for (const { key, pair } of counters) {
      if (pair) await clearCounter(tx, key, new Date(clock.now()));
      else await discountAttempt(tx, key);
    }
  });
}

function countersOf({ kind, step, account, ip, knownDevice }: Door): Counter[] {
  const network = networkOf(ip);
  const key = (what: string): Buffer => createHash("sha256").update(`${kind}|${step}|${what}`).digest();
  const counter = (what: string, rule: ThrottleRule, role: Partial<Counter> = {}): Counter => ({
    key: key(what),
    rule,
    pair: false,
    forStrangers: false,
    ...role,
  });
  const address = counter(`address|${network}`, throttleRules.address);
  switch (step) {
    case "mail":
      return [counter(`account|${account}`, throttleRules.mail), address];
    case "registration":
      return [counter(`address|${network}`, throttleRules.registration)];
    case "password":
    case "factor": {
      const [pairRule, accountRule] =
        step === "password"
          ? [throttleRules.pair, throttleRules.account]
          : [throttleRules.factor, throttleRules.factorOfAll];
      if (knownDevice !== undefined) return [counter(`device|${account}|${knownDevice}`, pairRule, { pair: true })];
      return [
        counter(`pair|${account}|${network}`, pairRule, { pair: true }),
        address,
        counter(`account|${account}`, accountRule, { forStrangers: true }),
      ];
    }
  }
}

/** An IPv6 site has 2^64 addresses to try from; they count as one. */
function networkOf(ip: string | null): string {
  if (ip === null) return "nowhere";
  if (!isIPv6(ip)) return ip;
  if (ip.toLowerCase().startsWith("::ffff:")) return ip.slice(7);
  return expandIpv6(ip).slice(0, 4).join(":");
}

function expandIpv6(ip: string): string[] {
  const [head = "", tail] = (ip.split("%")[0] ?? "").toLowerCase().split("::");
  const first = head.split(":").filter((part) => part !== "");
  const last = (tail ?? "").split(":").filter((part) => part !== "");
  const missing = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: missing }, () => "0"), ...last].map((part) => part.replace(/^0+(?=.)/, ""));
}
