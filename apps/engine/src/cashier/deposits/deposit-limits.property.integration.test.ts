/**
 * Deposit limits over random wishes and deposits, by the house's own statements on a real database: in rolling and calendar
 * windows, over zones, both changes of the clocks, month ends and leap days; while deposits are open, come in part or fall
 * through, and limits are made stricter, asked to be looser, confirmed and let go. What is right is told from what was said
 * and done alone, and the windows by what a clock on the wall shows.
 */
import fc from "fast-check";
import { createTestDatabase, type TestDatabase } from "@pitboss/db/embedded/test-database";
import { listOpenLimits } from "@pitboss/db/compliance/limit-store";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { checkDeposit } from "@pitboss/domain/cashier/deposit-checks";
import { openHeldLimit } from "@pitboss/domain/compliance/held-limit-oracle.fixture";
import { type LimitPeriod, limitPeriods, type WindowKind, windowKinds } from "@pitboss/domain/compliance/limit-window";
import { isInWindow } from "@pitboss/domain/compliance/window-oracle.fixture";
import { packOf } from "@pitboss/domain/risk/packs.fixture";
import { currencies } from "@pitboss/domain/wallet/currency";
import { assert } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmLimit, setLimit } from "../../compliance/rg/change-limit.ts";
import { playerActing } from "../../identity/player-account/player-deps.ts";
import { createLog } from "../../kernel/log.ts";
import { readDepositGate } from "./read-deposit-gate.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const minuteMs = 60_000;
const waits = { increaseHours: 24, confirmHours: 72 };
/** Zones, with how many hours their clocks are about ahead. */
const zones = new Map([
  ["UTC", 0],
  ["Europe/London", 0],
  ["Europe/Berlin", 1],
  ["America/Havana", -5],
  ["Asia/Kathmandu", 5.75],
  ["Australia/Lord_Howe", 10.5],
]);
/** By law, a month, EUR. */
const lawful = 5_000n;

interface House {
  readonly zone: string;
  readonly window: WindowKind;
  readonly law: boolean;
}
const houses: readonly House[] = [...zones.keys()].flatMap((zone) =>
  windowKinds.flatMap((window) => [false, true].map((law): House => ({ zone, window, law }))),
);
/** Each jurisdiction has a country of its own. */
const countryOf = (house: House): string => `X${String.fromCharCode(65 + houses.indexOf(house))}`;

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  // Years pass here in a second, which the guards of the clocks would not have; they are tried elsewhere.
  await owner.query(`ALTER DATABASE ${database.name} SET session_replication_role = 'replica'`);
  await owner.query("SET session_replication_role = 'replica'");
  for (const [index, house] of houses.entries()) {
    const limits = house.law
      ? [{ kind: "DEPOSIT" as const, period: "MONTH" as const, amount: "50.00", currency: "EUR" as const }]
      : [];
    const { rules } = packOf({ zone: house.zone, window: house.window, limits, ...waits });
    await owner.query(
      "INSERT INTO jurisdiction_packs (code, version, effective_from, countries, rules) VALUES ($1, 1, '2020-01-01', $2, $3)",
      [`X${index}`, [countryOf(house)], JSON.stringify(rules)],
    );
  }
  await owner.end();
  db = createDatabase(createPool({ url: database.url, applicationName: "test", max: 1, onError: () => undefined }));
});
afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

// Shortly before both changes of the clocks, a leap day, and the ends of months and of a year: of years gone by.
const begin: fc.Arbitrary<string> = fc.constantFrom(
  "2024-03-30T22:00:00Z",
  "2024-10-26T22:00:00Z",
  "2024-04-06T13:00:00Z",
  "2024-02-28T22:00:00Z",
  "2024-02-29T22:00:00Z",
  "2023-01-31T22:00:00Z",
  "2023-12-31T22:00:00Z",
  "2023-10-29T00:30:00Z",
);
/** Few different ones, so that a limit is often met to the cent. */
const money = (most: number) => fc.integer({ min: 0, max: most }).map((tens) => BigInt(tens) * 500n + 1n);
const daysOf = (period: LimitPeriod, month: number): number => ({ DAY: 1, WEEK: 7, MONTH: month })[period];
const limitAmount = fc.oneof({ weight: 6, arbitrary: money(16) }, { weight: 1, arbitrary: fc.constant(null) });
/** Some time about whole days after an earlier deposit, or after somebody spoke of the limit. */
const when = fc.record({
  after: fc.oneof({ weight: 3, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.constant("word" as const) }),
  /** The days of a period, or so many. */
  days: fc.oneof(fc.constant(undefined), fc.constant(undefined), fc.constantFrom<number[]>(0, 0, 1, 4)),
  month: fc.constantFrom<number[]>(28, 29, 30, 31),
  minutes: fc.oneof(fc.constantFrom(0, 0, -1, 1), fc.integer({ min: -70, max: 70 })),
});
const step = fc.record({
  when,
  does: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("deposit" as const),
        amount: money(8),
        currency: fc.oneof(
          { weight: 9, arbitrary: fc.constant("EUR" as const) },
          { weight: 1, arbitrary: fc.constant("USD" as const) },
        ),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("end" as const),
        deposit: fc.nat(12),
        as: fc.constantFrom("CREDITED" as const, "DECLINED" as const, "EXPIRED" as const),
        part: fc.constantFrom(1n, 2n, 5n),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("ask" as const), amount: limitAmount }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("confirm" as const) }) },
  ),
});

interface Deposited {
  readonly id: bigint;
  readonly atMs: number;
  readonly currency: "EUR" | "USD";
  amount: bigint;
  open: boolean;
  counts: boolean;
}

async function openPlayer(house: House): Promise<bigint> {
  const { rows } = await db.execute<{ id: string }>(
    sql`INSERT INTO players (country, nickname) VALUES (${countryOf(house)}, 'ada') RETURNING id`,
  );
  return BigInt(rows[0]?.id ?? 0);
}

/** What the house says to a deposit, and writes down where it says nothing against it. */
async function depositAt(playerId: bigint, currency: "EUR" | "USD", amount: bigint, nowMs: number) {
  return db.transaction(async (tx) => {
    const rates = {
      quote: () => {
        throw new Error("no cap is in another currency");
      },
    };
    const gate = await readDepositGate({ rates }, tx, { playerId, currency, amount, place: null }, nowMs);
    const rule = { minAmount: 1n, maxAmount: 10n ** 9n, mostAnHour: 1_000, openMinutes: 30 };
    const checked = checkDeposit({
      playerStatus: "ACTIVE",
      currency,
      amount,
      rule,
      triedThisHour: 0,
      otherOwners: 0,
      ...gate,
    });
    if (checked.refusal !== undefined) return { code: checked.refusal.failure.code, id: 0n };
    const { rows } = await tx.execute<{ id: string }>(
      sql`INSERT INTO deposits (player_id, instrument_id, request_key, body_hash, request_id, trace_id, psp, method, currency,
                                amount, checks, created_at, expires_at)
          VALUES (${playerId}, 1, gen_random_uuid(), 1, 'r', gen_random_uuid(), 'card', 'CARD', ${currencies[currency].number},
                  ${amount}, '[]', ${new Date(nowMs).toISOString()}::timestamptz, now()) RETURNING id`,
    );
    return { code: "OK", id: BigInt(rows[0]?.id ?? 0) };
  });
}

async function endDeposit({ id }: Deposited, as: "CREDITED" | "DECLINED" | "EXPIRED", credited: bigint): Promise<void> {
  const came = as === "CREDITED" ? credited : null;
  await db.execute(
    sql`UPDATE deposits SET state = ${as}, credited = ${came}, transaction_id = ${came === null ? null : id} WHERE id = ${id}`,
  );
}

/** The second deposit of each lies at the very edge of a window; chance alone meets few of these. */
const edges = [
  // Exactly a day ago is within a day.
  edge("UTC", "ROLLING", "DAY", "2024-02-28T22:00:00Z", { days: 1, minutes: 0 }),
  // Sunday evening and half past midnight on Monday.
  edge("Europe/Berlin", "CALENDAR", "WEEK", "2023-01-29T23:00:00Z", { days: 0, minutes: 90 }),
  // A month before the 31st of March of a leap year was the 29th of February.
  edge("UTC", "ROLLING", "MONTH", "2024-03-01T22:00:00Z", { days: 30, minutes: 0 }),
  // Both just after the midnight that follows a day of 23 hours.
  edge("Europe/Berlin", "CALENDAR", "DAY", "2024-03-31T23:10:00Z", { days: 0, minutes: 10 }),
];

function edge(
  zone: string,
  window: WindowKind,
  period: LimitPeriod,
  begin: string,
  { days, minutes }: { readonly days: number; readonly minutes: number },
) {
  const house = houses.find((one) => one.zone === zone && one.window === window && !one.law);
  assert(house !== undefined, "the zone is one of the test's");
  const deposit = { do: "deposit" as const, amount: 501n, currency: "EUR" as const };
  const then = { after: 0, days: 0, month: 28, minutes: 0 };
  const steps = [
    { when: then, does: deposit },
    { when: { ...then, days, minutes }, does: { ...deposit, amount: 1n } },
  ];
  return [{ house, period, begin }, 501n, steps] as [
    { house: House; period: LimitPeriod; begin: string },
    bigint,
    typeof steps,
  ];
}

test("what is open and what came never passes a limit by a cent, in whatever window, and nothing below one is refused", async () => {
  const run = fc.record({ house: fc.constantFrom(...houses), period: fc.constantFrom(...limitPeriods), begin });
  await fc.assert(
    fc.asyncProperty(
      run,
      limitAmount,
      fc.array(step, { maxLength: 24 }),
      async ({ house, period, begin: from }, first, steps) => {
        const playerId = await openPlayer(house);
        const acting = playerActing(playerId, { ip: "192.0.2.1", userAgent: "a test", traceId: "0".repeat(32) });
        const oracle = openHeldLimit(waits);
        const deposits: Deposited[] = [];
        let nowMs = Date.parse(from) - (zones.get(house.zone) ?? 0) * hourMs;
        let saidMs = nowMs;
        const deps = { db, clock: { now: () => nowMs }, log: createLog("silent") };
        const ask = async (wanted: bigint | null): Promise<void> => {
          const amount = wanted === null ? null : formatMinor(wanted, "EUR");
          const said = await setLimit(deps, acting, playerId, { kind: "DEPOSIT", period, currency: "EUR", amount });
          const above = house.law && period === "MONTH" && wanted !== null && wanted > lawful;
          if (above) expect(said).toMatchObject({ ok: false, error: { code: "LIMIT_ABOVE_LAW" } });
          else oracle.ask(wanted, nowMs);
          saidMs = nowMs;
        };
        const confirm = async (): Promise<void> => {
          oracle.confirm(nowMs);
          const waiting = (await listOpenLimits(db, playerId)).find(({ state }) => state !== "CONFIRMED");
          if (waiting !== undefined) await confirmLimit(deps, acting, playerId, waiting.id);
        };
        const end = async (index: number, as: "CREDITED" | "DECLINED" | "EXPIRED", part: bigint): Promise<void> => {
          const deposit = deposits[index % Math.max(deposits.length, 1)];
          if (deposit === undefined || !deposit.open) return;
          deposit.open = false;
          deposit.counts = as === "CREDITED";
          deposit.amount = (deposit.amount + part - 1n) / part;
          await endDeposit(deposit, as, deposit.amount);
        };
        const deposit = async (currency: "EUR" | "USD", amount: bigint): Promise<void> => {
          const { code, id } = await depositAt(playerId, currency, amount, nowMs);
          const rules = [{ period, most: oracle.most() }];
          if (house.law) rules.push({ period: "MONTH", most: Number(lawful) });
          expect(code).toBe(expected(house, rules, deposits, { currency, amount, atMs: nowMs }));
          if (code === "OK") deposits.push({ id, atMs: nowMs, currency, amount, open: true, counts: true });
        };
        await ask(first);
        for (const { when: then, does } of steps) {
          const since =
            then.after === "word" ? saidMs : (deposits[then.after % Math.max(deposits.length, 1)]?.atMs ?? nowMs);
          nowMs = Math.max(
            nowMs + 1_000,
            since + (then.days ?? daysOf(period, then.month)) * dayMs + then.minutes * minuteMs,
          );
          if (does.do === "ask") await ask(does.amount);
          else if (does.do === "confirm") await confirm();
          else if (does.do === "end") await end(does.deposit, does.as, does.part);
          else await deposit(does.currency, does.amount);
        }
      },
    ),
    { numRuns: 400, examples: edges },
  );
});

function expected(
  { window, zone }: House,
  rules: readonly { readonly period: LimitPeriod; readonly most: number }[],
  deposits: readonly Deposited[],
  asked: Pick<Deposited, "currency" | "amount" | "atMs">,
): string {
  const limits = rules.filter(({ most }) => most !== Number.POSITIVE_INFINITY);
  if (limits.length === 0) return "OK";
  // All limits here are in euro, and another currency would be a way around them.
  if (asked.currency !== "EUR") return "LIMIT_OTHER_CURRENCY";
  const counting = deposits.filter(({ counts, currency }) => counts && currency === "EUR");
  const passed = limits.some(({ period, most }) => {
    const inside = counting.filter(({ atMs }) => isInWindow({ period, window, zone }, atMs, asked.atMs));
    return inside.reduce((sum, { amount }) => sum + amount, asked.amount) > BigInt(most);
  });
  return passed ? "DEPOSIT_LIMIT_REACHED" : "OK";
}
