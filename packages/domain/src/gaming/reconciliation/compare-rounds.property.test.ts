import fc from "fast-check";
import { expect, test } from "vitest";
import { formatId } from "../../kernel/public-id.ts";
import { compareRounds, nameOfRound, type OwnRound, sumOwnRound } from "./compare-rounds.ts";
import { planCorrections } from "./plan-corrections.ts";
import { readRoundFile, type ToldRound } from "./read-round-file.ts";

const dayMs = { from: 1_000_000, to: 2_000_000 };

const ownRound = fc
  .record({
    player: fc.integer({ min: 1, max: 5 }),
    startedAtMs: fc.integer({ min: dayMs.from, max: dayMs.to - 1 }),
    bets: fc.array(
      fc.record({
        stake: fc.bigInt({ min: 1n, max: 10_000n }),
        paid: fc.bigInt({ min: 0n, max: 50_000n }),
        state: fc.constantFrom("HELD", "SETTLED", "VOIDED"),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(
    ({ player, startedAtMs, bets }): OwnRound => ({
      roundRef: `r${startedAtMs}`,
      playerId: BigInt(player),
      currency: "EUR",
      houseWins: 0n,
      startedAtMs,
      bets: bets.map(({ stake, paid, state }, at) => ({
        betId: BigInt(startedAtMs * 10 + at),
        stake,
        paid: state === "SETTLED" ? paid : 0n,
        status: state,
        givenBack: state === "VOIDED",
      })),
    }),
  );
const ownRounds = fc.uniqueArray(ownRound, { maxLength: 40, selector: ({ startedAtMs }) => startedAtMs });

const nameOf = (round: OwnRound): string =>
  nameOfRound({ player: formatId("player", round.playerId), roundRef: round.roundRef });

/** What a provider would write of the rounds that the house has. */
const toldOf = (rounds: readonly OwnRound[]): ToldRound[] =>
  rounds.map((round, index) => ({
    line: index + 2,
    roundRef: round.roundRef,
    playerId: round.playerId,
    player: formatId("player", round.playerId),
    currency: round.currency,
    ...sumOwnRound(round),
  }));

const compare = (own: readonly OwnRound[], told: readonly ToldRound[], lateFromMs = Number.POSITIVE_INFINITY) =>
  compareRounds({
    told,
    own: new Map(own.map((round) => [nameOf(round), round])),
    isElsewhere: () => false,
    lateFromMs,
    dayMs,
  });

test("a file of exactly the house's rounds has no break, in whatever order", () => {
  fc.assert(
    fc.property(ownRounds, fc.integer(), (own, seed) => {
      const told = toldOf(own).sort((a, b) => ((a.line * 31 + seed) % 17) - ((b.line * 31 + seed) % 17));
      expect(compare(own, told)).toEqual({ matched: own.length, breaks: [], waiting: 0 });
    }),
  );
});

test("each fault that is put into a file is found, as what it is, and nothing else", () => {
  fc.assert(
    fc.property(ownRounds, fc.array(fc.nat(5), { minLength: 40, maxLength: 40 }), (own, faults) => {
      const expected: string[] = [];
      const told = toldOf(own).flatMap((row, index): ToldRound[] => {
        const fault = row.status === "ROLLED_BACK" ? 0 : faults[index];
        if (fault === 1) {
          expected.push(`ROUND_MISSING_THERE ${row.roundRef}`);
          return [];
        }
        if (fault === 2) {
          expected.push(`ROUND_AMOUNT_DIFFERS ${row.roundRef}`);
          return [{ ...row, bets: row.bets + 1n }];
        }
        if (fault === 3) {
          expected.push(`ROUND_DUPLICATED ${row.roundRef}`);
          return [row, { ...row, line: row.line + 1_000 }];
        }
        if (fault === 4) {
          expected.push(`ROUND_STATUS_DIFFERS ${row.roundRef}`);
          return [{ ...row, status: "ROLLED_BACK" }];
        }
        if (fault === 5) {
          expected.push(`ROUND_MISSING_HERE x${row.roundRef}`);
          return [row, { ...row, roundRef: `x${row.roundRef}` }];
        }
        return [row];
      });
      const { breaks } = compare(own, told);
      const found = breaks.map((one) => `${one.type} ${one.told?.roundRef ?? one.own?.roundRef ?? ""}`);
      expect(found.sort()).toEqual(expected.sort());
    }),
  );
});

test("a round that began late waits for the next file, and is missed once that has come without it", () => {
  fc.assert(
    fc.property(ownRounds, (own) => {
      const standing = own.filter((round) => sumOwnRound(round).status !== "ROLLED_BACK").length;
      expect(compare(own, [], dayMs.from)).toMatchObject({ waiting: standing, breaks: [] });
      expect(compare(own, []).breaks).toHaveLength(standing);
    }),
  );
});

test("what is planned to mend a round makes it agree with the file", () => {
  fc.assert(
    fc.property(ownRound, fc.bigInt({ min: 0n, max: 100_000n }), fc.boolean(), (own, wins, rolledBack) => {
      const [row] = toldOf([own]);
      if (row === undefined) throw new Error("one round makes one row");
      const told: ToldRound = { ...row, wins, status: rolledBack ? "ROLLED_BACK" : "CLOSED" };
      const [found] = compare([own], [told]).breaks;
      if (found === undefined) return;
      const planned = planCorrections(found);
      if (!planned.ok) return;
      const [first] = planned.value;
      if (first?.do === "CREDIT" && first.roundRef === null) {
        // The round came to nothing here for ever: what the player won beyond it is paid beside the round.
        expect(first.amount.replace(".", "").replace(/^0+/, "")).toBe(String(told.wins - told.bets));
        return;
      }
      expect(compare([mend(own, planned.value)], [told]).breaks).toEqual([]);
    }),
  );
});

/** What the ledger does with the corrections, in a few lines. */
function mend(
  own: OwnRound,
  corrections: NonNullable<Extract<ReturnType<typeof planCorrections>, { ok: true }>>["value"],
) {
  let bets = [...own.bets];
  const cents = (text: string): bigint => BigInt(text.replace(".", ""));
  for (const one of corrections) {
    bets = bets.map((bet) => {
      if (formatId("bet", bet.betId) !== one.betId) {
        return one.do === "CREDIT" && one.close && bet.status === "HELD" ? { ...bet, status: "SETTLED" as const } : bet;
      }
      if (one.do === "VOID") return { ...bet, status: "VOIDED" as const, givenBack: true };
      if (one.do === "CREDIT") return { ...bet, status: "SETTLED" as const, paid: bet.paid + cents(one.amount) };
      return { ...bet, status: "CORRECTED" as const, paid: cents(one.payout), givenBack: one.outcome === "VOID" };
    });
  }
  return { ...own, bets };
}

test("CSV and JSON of the same rounds are read alike, and every line that can't be read is told", () => {
  const csv =
    'status,round_id,player,bets,wins,currency\nSettled,"r,1",p_1,10.00,0.5,eur\nrolled back,r2,p_2,1,0,JPY\n';
  const json = JSON.stringify([
    { round_id: "r,1", player: "p_1", bets: "10.00", wins: "0.50", currency: "EUR", status: "closed" },
    { round_id: "r2", player: "p_2", bets: 1, wins: 0, currency: "JPY", status: "cancelled" },
  ]);
  const [fromCsv, fromJson] = [readRoundFile(csv, "csv"), readRoundFile(json, "json")];
  expect(fromCsv.bad).toEqual([]);
  expect(fromCsv.rounds.map((one) => ({ ...one, line: 0 }))).toEqual(
    fromJson.rounds.map((one) => ({ ...one, line: 0 })),
  );
  expect(fromCsv.rounds[0]).toMatchObject({ roundRef: "r,1", bets: 1_000n, wins: 50n, status: "CLOSED" });

  const bad = readRoundFile(`${csv}open,r3,p_1,1.234,0,EUR\nodd,r4,p_1,1,0,EUR\nopen,r5,p_1,1\n`, "csv");
  expect(bad.bad.map(({ line }) => line)).toEqual([4, 5, 6]);
  expect(readRoundFile("round_id,player\n", "csv").bad).toHaveLength(1);
  expect(readRoundFile("{}", "json").bad).toHaveLength(1);
});
