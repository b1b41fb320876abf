/** Bodies that are bent in ways that nobody listed: each is taken or refused with a problem, and none breaks anything. */
import { type ErrorCode, errors } from "@pitboss/domain/kernel/errors";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Body, placeBody, settleBody, undoBody } from "../gaming/place-body.fixture.ts";
import { openTestEngine, type TestEngine } from "./engine.fixture.ts";

let engine: TestEngine;
let held: Body;

beforeAll(async () => {
  engine = await openTestEngine();
  held = placeBody(engine.casino);
  await engine.send({ path: "/v1/bets/place", body: held });
});
afterAll(() => engine.close());

/** Where in the body, and what is put there. */
interface Bend {
  readonly steps: readonly number[];
  readonly value: unknown;
  readonly how: "replace" | "remove" | "add" | "wrap";
}

const nasty = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -0.5,
  1e308,
  "",
  " ",
  "\u0000",
  "\ud800",
  "😀".repeat(40),
  "NaN",
  "-1",
  "1e9",
  "9".repeat(39),
  "bet_1",
  "p_1",
  "null",
  "'; --",
  "${jndi:ldap://x}",
  [],
  {},
  [[]],
);
const bends: fc.Arbitrary<Bend> = fc.record({
  steps: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
  value: fc.oneof(nasty, fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: "binary", maxLength: 30 })),
  how: fc.constantFrom("replace", "replace", "remove", "add", "wrap"),
});

function bend(body: unknown, { steps, value, how }: Bend): unknown {
  const [step = 0, ...rest] = steps;
  if (body === null || typeof body !== "object") return how === "wrap" ? [body] : value;
  const copy = (Array.isArray(body) ? [...(body as unknown[])] : { ...body }) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const key = keys[step % Math.max(1, keys.length)] ?? "extra";
  if (rest.length > 0 && typeof copy[key] === "object" && copy[key] !== null)
    copy[key] = bend(copy[key], { steps: rest, value, how });
  else if (how === "remove") delete copy[key];
  else if (how === "add") copy[`${key}2`] = value;
  else copy[key] = how === "wrap" ? { [key]: copy[key] } : value;
  return copy;
}

const kinds: Record<string, () => Body> = {
  "/v1/bets/place": () => placeBody(engine.casino),
  "/v1/bets/place-bulk": () => ({ bets: [placeBody(engine.casino), placeBody(engine.casino)] }),
  "/v1/rounds/settle": () => settleBody(held, { outcome: "WIN", payout: { amount: "5.00", currency: "EUR" } }),
  "/v1/bets/void": () => undoBody(held, { reason: "misdeal" }),
  "/v1/bets/rollback": () => undoBody(held),
  "/v1/bets/correct": () =>
    undoBody(held, { outcome: "WIN", payout: { amount: "7.00", currency: "EUR" }, reason: "x" }),
  "/v1/wallet/convert": () => ({
    requestId: `convert-${Math.trunc(performance.now() * 1_000)}`,
    playerId: engine.casino.players[0]?.publicId,
    from: { amount: "1.00", currency: "EUR" },
    to: "JPY",
  }),
};

test.each(Object.keys(kinds))(
  "%s takes or refuses every bent body, and never fails",
  { timeout: 60_000 },
  async (path) => {
    await fc.assert(
      fc.asyncProperty(fc.array(bends, { minLength: 1, maxLength: 3 }), async (list) => {
        const body = list.reduce<unknown>(bend, kinds[path]?.());
        const reply = await engine.send({ path, body: JSON.stringify(body ?? null) });
        expect(reply.status, JSON.stringify(body)).toBeLessThan(500);
        const answers =
          reply.status === 200 && path.endsWith("bulk") ? (reply.body as { answers: Body[] }).answers : [];
        for (const answer of [...answers, ...(reply.status === 200 ? [] : [reply.body as Body])]) {
          if (answer["status"] === "ACCEPTED") continue;
          const code = answer["code"] as ErrorCode;
          expect(errors[code].http, JSON.stringify(body)).toBe(answer["status"]);
          expect(answer["status"], JSON.stringify(body)).toBeLessThan(500);
        }
      }),
      { numRuns: 150 },
    );
    await engine.check();
  },
);
