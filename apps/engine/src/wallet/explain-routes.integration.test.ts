import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Casino, liveGame, minor, numberOf, startCasino, type TestPlayer } from "../testing/start-casino.ts";

let casino: Casino;
let player: TestPlayer;
/** Between the deposit and everything else. */
let afterDeposit: string;

beforeAll(async () => {
  casino = await startCasino();
  player = await casino.openPlayer({ EUR: "100.00", USD: "40.00" });
  const { rows } = await casino.db.execute<{ at: string }>(
    sql`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '1 ms', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`,
  );
  afterDeposit = rows[0]?.at ?? "";
  await new Promise((resolve) => setTimeout(resolve, 5));
  const bonus = { type: "BONUS_GRANT", grant: "g-7", fundingPolicy: "PRO_RATA" } as const;
  await casino.move({ ...bonus, playerId: numberOf(player.playerId), currency: "EUR", amount: minor("50.00", "EUR") });
  await playRound("won", "30.00", "75.00");
  await playRound("lost", "12.00");
});
afterAll(async () => {
  await casino.close();
});

async function playRound(name: string, stake: string, payout?: string): Promise<void> {
  const common = { playerId: player.playerId, roundId: `round-${name}`, gameId: liveGame };
  const placed = await casino.call("POST", "/v1/bets/place", {
    token: casino.operatorKey,
    body: { requestId: `place-${name}`, ...common, stake: { amount: stake, currency: "EUR" } },
  });
  const result =
    payout === undefined ? { outcome: "LOSE" } : { outcome: "WIN", payout: { amount: payout, currency: "EUR" } };
  const settled = await casino.call("POST", "/v1/rounds/settle", {
    token: casino.operatorKey,
    body: { requestId: `settle-${name}`, ...common, bets: [{ betId: placed.body["betId"], ...result }] },
  });
  expect(settled.status).toBe(200);
}

async function explain(query = "", token = player.token): Promise<Record<string, unknown>> {
  return (await casino.call("GET", `/v1/wallet/explain?currency=EUR${query}`, { token })).body;
}

interface Link {
  readonly type: string;
  readonly wallet: string;
  readonly available: string;
  readonly cause: string;
  readonly requestId: string;
  readonly transactionId: string;
}

describe("a balance is explained", () => {
  test("by all its postings, each with its cause, and by their sums", async () => {
    const body = await explain();
    expect(body).toMatchObject({ playerId: player.playerId, currency: "EUR", explained: true, next: null });
    // In each wallet: how it came, two holds, two debits, and the payout of the bet that won.
    expect(body["wallets"]).toMatchObject([
      { kind: "CASH", grant: null, sumOfHeld: "0.00", explained: true, postings: 6 },
      { kind: "BONUS", grant: "g-7", sumOfHeld: "0.00", explained: true, postings: 6 },
    ]);
    const wallets = body["wallets"] as { available: string; sumOfAvailable: string }[];
    for (const { available, sumOfAvailable } of wallets) expect(sumOfAvailable).toBe(available);
    expect(wallets.reduce((sum, { available }) => sum + Number(available), 0)).toBeCloseTo(183, 9);
    const chain = body["chain"] as Link[];
    expect(chain).toHaveLength(12);
    expect(chain.at(-1)).toMatchObject({ type: "DEPOSIT", cause: "A deposit was credited.", actor: "job:test" });
    expect(chain.find(({ type }) => type === "HOLD")).toMatchObject({
      cause: "A bet was placed, and its stake set aside.",
      requestId: "place-lost",
      roundId: "round-lost",
      gameId: liveGame,
      actor: "machine:operator",
    });
  });

  test("page by page, with nothing missing and nothing twice", async () => {
    const whole = (await explain())["chain"] as Link[];
    const pages: Link[] = [];
    let cursor = "";
    for (;;) {
      const page = await explain(`&limit=1${cursor}`);
      pages.push(...(page["chain"] as Link[]));
      expect(page["explained"]).toBe(true);
      if (page["next"] === null) break;
      cursor = `&cursor=${page["next"] as string}`;
    }
    expect(pages).toEqual(whole);
  });

  test("to the player and to a machine that names them, and to nobody else", async () => {
    const other = await casino.openPlayer();
    const named = `&playerId=${player.playerId}`;
    expect(await explain(named, casino.operatorKey)).toMatchObject({ explained: true });
    expect(await explain("", casino.operatorKey)).toMatchObject({ code: "REQUEST_INVALID" });
    expect(await explain("&playerId=p_zzzzz", casino.operatorKey)).toMatchObject({ code: "PLAYER_NOT_FOUND" });
    expect(await explain(named, other.token)).toMatchObject({ code: "NOT_ALLOWED" });
    expect(await explain("&cursor=nonsense")).toMatchObject({ code: "CURSOR_INVALID" });
  });

  test("unless somebody changed a row behind the ledger's back", async () => {
    const victim = await casino.openPlayer({ EUR: "10.00" });
    const superuser = new Client({ connectionString: casino.databaseUrl });
    await superuser.connect();
    await superuser.query("UPDATE wallets SET available = available + 1 WHERE player_id = $1", [
      numberOf(victim.playerId).toString(),
    ]);
    await superuser.end();
    expect(await explain("", victim.token)).toMatchObject({
      explained: false,
      wallets: [{ available: "10.01", sumOfAvailable: "10.00", explained: false }],
    });
  });
});

describe("the house's accounts", () => {
  const house = async (query = "", token = casino.operatorKey): Promise<Record<string, unknown>> =>
    (await casino.call("GET", `/v1/accounts/house${query}`, { token })).body;

  test("say what the house received and gave, account by account", async () => {
    expect(await house()).toEqual({
      asOf: null,
      accounts: [
        // Stakes of 42.00 were won, payouts of 75.00 were made.
        { account: "GAMING", qualifier: null, currency: "EUR", balance: "-33.00" },
        { account: "PSP_CLEARING", qualifier: "test-card", currency: "USD", balance: "-40.00" },
        // 100.00 of the player above, and 10.00 of the one whose wallet was tampered with.
        { account: "PSP_CLEARING", qualifier: "test-card", currency: "EUR", balance: "-110.00" },
        { account: "BONUS_COST", qualifier: null, currency: "EUR", balance: "-50.00" },
      ],
    });
  });

  test("as they were just before an instant", async () => {
    expect(await house(`?at=${afterDeposit}`)).toMatchObject({
      asOf: afterDeposit,
      accounts: [
        { account: "GAMING", balance: "0.00" },
        { account: "PSP_CLEARING", currency: "USD", balance: "-40.00" },
        { account: "PSP_CLEARING", currency: "EUR", balance: "-100.00" },
        { account: "BONUS_COST", balance: "0.00" },
      ],
    });
  });

  test("are for the house's own machines", async () => {
    expect(await house("", player.token)).toMatchObject({ code: "NOT_ALLOWED" });
    expect(await house("", casino.providerKey)).toMatchObject({ code: "NOT_ALLOWED" });
    expect(await house("?at=yesterday")).toMatchObject({ code: "REQUEST_INVALID" });
  });
});
