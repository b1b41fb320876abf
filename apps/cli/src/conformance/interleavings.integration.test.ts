/** Calls in any order, again and again, over every dialect's own wire: the right answer to each, and the same balance. */
import { randomUUID } from "node:crypto";
import { type DemoProvider, openDemoProviders } from "@pitboss/engine/demo/open-demo-providers";
import { findLedgerFaults } from "@pitboss/engine/testing/check-ledger";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { type Scene, wireDialects } from "@pitboss/wires/speak";
import { speakers } from "@pitboss/wires/speakers";
import { applyCall, type Call, createModel } from "@pitboss/wires/wire-model";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage } from "./stage.ts";

const purse = 20_000n;
let office: Office;
let providers: readonly DemoProvider[];

beforeAll(async () => {
  office = await startOffice({ RATE_LIMIT_ADDRESS: "1000000" });
  const bounds = { min: "0.10", max: "1000.00" };
  providers = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: bounds });
  await office.casino.restart({ RATE_LIMIT_ADDRESS: "1000000" });
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

/** Four bets in two rounds, wins and rollbacks of each, and what of them comes in which order how often. */
const plays = fc
  .record({
    stakes: fc.array(fc.bigInt({ min: 10n, max: 1_500n }), { minLength: 4, maxLength: 4 }),
    wins: fc.array(
      fc.record({
        bet: fc.nat(3),
        amount: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 900n })),
        close: fc.boolean(),
      }),
      { minLength: 5, maxLength: 5 },
    ),
    back: fc.array(fc.record({ win: fc.boolean(), at: fc.nat(3) }), { minLength: 4, maxLength: 4 }),
    order: fc.array(fc.nat(12), { minLength: 1, maxLength: 30 }),
  })
  .map(({ stakes, wins, back, order }) => {
    const roundOf = (bet: number): string => (bet % 2 === 0 ? "r0" : "r1");
    const bets = stakes.map((amount, at): Call => ({ do: "bet", id: `b${at}`, round: roundOf(at), amount }));
    const paid = wins.map(
      ({ bet, amount, close }, at): Call => ({
        do: "win",
        id: `w${at}`,
        bet: `b${bet}`,
        round: roundOf(bet),
        amount,
        close,
      }),
    );
    const undone = (winsToo: boolean) =>
      back.map(({ win, at }, index): Call => {
        const of = winsToo && win ? paid[at] : bets[at];
        const { id = "", round = "", amount = 0n } = of ?? {};
        return { do: "rollback", id: `x${index}`, of: id, round, amount };
      });
    return {
      calls: (winsToo: boolean) => {
        const all = [...bets, ...paid, ...undone(winsToo)];
        return order.flatMap((index) => all[index] ?? []);
      },
    };
  });

describe.each(wireDialects)("%s", (dialect) => {
  test("answers any interleaving as the model does, and holds the same balance", { timeout: 120_000 }, async () => {
    const provider = providers.find((one) => one.dialect === dialect);
    if (provider === undefined) throw new Error("the demo has a provider for each dialect");
    const speaker = speakers[dialect];
    const target = office.casino.url();
    const setup = { ...provider, currency: "EUR" as const, operatorKey: office.casino.operatorKey };
    const stage = openStage(target, setup, new AbortController().signal);
    // Where a bet goes with all that it won, no win is rolled back by itself.
    const winsToo = dialect === "softswiss" || dialect === "signed-json";
    await fc.assert(
      fc.asyncProperty(plays, async ({ calls }) => {
        const player = await stage.openPlayer(purse);
        const prefix = randomUUID();
        const scene: Scene = { game: provider.game, currency: "EUR", named: (name) => `${prefix}-${name}` };
        const model = createModel(dialect, purse);
        const told: string[] = [];
        for (const call of calls(winsToo)) {
          const signed = speaker.sign(speaker.say(call, player, scene), provider.secret);
          const response = await fetch(`${target}/v1/providers/${provider.provider}/${signed.path}${signed.query}`, {
            method: "POST",
            headers: { "content-type": "application/json", ...signed.headers },
            body: signed.body,
          });
          const heard = speaker.hear(response.status, await response.json(), "EUR");
          const outcome = applyCall(model, call);
          told.push(`${call.id} ${outcome}`);
          expect(heard.verdict, told.join(", ")).toBe(speaker.words[outcome]);
        }
        expect(await stage.balanceOf(player), told.join(", ")).toBe(model.balance);
      }),
      { numRuns: 40 },
    );
  });
});
