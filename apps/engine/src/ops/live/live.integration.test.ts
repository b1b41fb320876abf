import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { liveGame, minor, numberOf } from "../../testing/start-casino.ts";
import type { LiveNews } from "../staff/watch-live.ts";
import type { LiveItem } from "./live-item.ts";

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.close());

interface Watch {
  /** The item that this is true of, as soon as it is told. */
  until(wanted: (item: LiveItem) => boolean): Promise<LiveItem>;
  readonly items: LiveItem[];
  readonly cursor: () => string;
  close(): Promise<void>;
}

/** Reads the stream as a browser does: lines of `event`, `data` and `id`, a blank one after each. */
async function watch({ token }: SignedIn, lastEventId?: string): Promise<Watch> {
  const stopping = new AbortController();
  const response = await fetch(`${office.casino.url()}/trpc/system.live`, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: "text/event-stream",
      ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
    },
    signal: stopping.signal,
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const items: LiveItem[] = [];
  let cursor = "";
  let wake = (): void => undefined;
  const reading = (async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const blocks = (text + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const field = (name: string) =>
          block
            .split("\n")
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2);
        if (field("id") === undefined || field("event") !== undefined) continue;
        cursor = field("id") ?? "";
        items.push(...(JSON.parse(field("data") ?? "{}") as LiveNews).items);
      }
      wake();
    }
  })().catch(() => undefined);
  return {
    items,
    cursor: () => cursor,
    async until(wanted) {
      for (;;) {
        const found = items.find(wanted);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async close() {
      stopping.abort();
      await reading;
    },
  };
}

async function placeBet(playerId: string): Promise<string> {
  const placed = await office.casino.call("POST", "/v1/bets/place", {
    token: office.casino.operatorKey,
    body: {
      requestId: crypto.randomUUID(),
      playerId,
      roundId: `round-${crypto.randomUUID()}`,
      gameId: liveGame,
      selection: [{ market: "straight", value: "17" }],
      stake: { amount: "10.00", currency: "EUR" },
      device: { ip: "203.0.113.7", ua: "Mozilla/5.0" },
    },
  });
  return String(placed.body["betId"]);
}

/** Connections of the live view's reading that ever ran a statement. */
async function liveConnections(): Promise<number> {
  const { rows } = await office.casino.db.execute<{ count: string }>(
    sql`SELECT count(*) AS count FROM pg_stat_activity WHERE application_name LIKE 'pitboss-%-live' AND datname = current_database()`,
  );
  return Number(rows[0]?.count);
}

test("where nobody watches nothing is read", async () => {
  await placeBet((await office.casino.openPlayer({ EUR: "20.00" })).playerId);
  expect(await liveConnections()).toBe(0);
});

test("bets, money and staff's sign-ins are told as they happen, each to whom may see it", async () => {
  const admin = await office.signIn(office.people.admin);
  const support = await office.signIn(office.people.support);
  const [all, some] = await Promise.all([watch(admin), watch(support)]);
  const { playerId } = await office.casino.openPlayer({ EUR: "50.00" });
  const betId = await placeBet(playerId);
  const bet = { kind: "bet", id: betId } as const;

  const told = await all.until(({ link }) => link.id === betId);
  expect(told).toMatchObject({
    kind: "bet",
    what: "bet.placed",
    who: "ada",
    amount: "10.00",
    currency: "EUR",
    link: bet,
  });
  expect(await some.until(({ link }) => link.id === betId)).toEqual(told);
  expect(all.items.some(({ what, amount }) => what === "deposit.credited" && amount === "50.00")).toBe(true);
  expect(some.items.every(({ kind }) => kind === "bet" || kind === "sign-in")).toBe(true);

  await office.signIn(office.people.risk);
  expect(await all.until(({ what, who }) => what === "session.sign-in" && who === "risk")).toMatchObject({
    kind: "staff",
    link: { kind: "audit" },
  });
  expect(some.items.some(({ kind }) => kind === "staff")).toBe(false);
  // Both of them, and however many more, are served by one reading.
  expect(await liveConnections()).toBe(1);
  await Promise.all([all.close(), some.close()]);
});

test("who comes back with where they were gets what came since, and not the rest again", async () => {
  const admin = await office.signIn(office.people.admin2);
  const { playerId } = await office.casino.openPlayer({ EUR: "50.00" });
  const before = await watch(admin);
  const first = await placeBet(playerId);
  await before.until(({ link }) => link.id === first);
  const cursor = before.cursor();
  await before.close();

  const second = await placeBet(playerId);
  const after = await watch(admin, cursor);
  await after.until(({ link }) => link.id === second);
  expect(after.items.some(({ link }) => link.id === first)).toBe(false);
  await after.close();
});

test("an adjustment is told with its amount", async () => {
  const finance = await office.signIn(office.people.finance);
  const { playerId } = await office.casino.openPlayer({ EUR: "5.00" });
  const live = await watch(finance);
  await office.casino.move({
    type: "ADJUSTMENT",
    playerId: numberOf(playerId),
    currency: "EUR",
    amount: minor("7.50", "EUR"),
    direction: "INTO_PLAYER",
    category: "GOODWILL",
    reason: "test",
  });
  const told = await live.until((item) => item.what === "wallet.adjusted" && item.playerId === playerId);
  expect(told).toMatchObject({ kind: "money", amount: "7.50", currency: "EUR", link: { kind: "transaction" } });
  await live.close();
});
