/** Holds what the clients were told against what the database has: acknowledged means present, with the same content. */
import { parseId } from "@pitboss/domain/kernel/public-id";
import { parseAmount } from "@pitboss/domain/wallet/money";
import type { Client } from "pg";
import { requestKey } from "../gaming/request-key.ts";
import type { Answer } from "./deliver.ts";
import type { Op, PlaceOp } from "./script.ts";

type Answers = ReadonlyMap<number, Answer>;

interface BetRow extends Record<string, string> {
  id: string;
  player: string;
  stake: string;
  round: string;
  game: string;
  key: string;
}

function minor(text: unknown): bigint {
  const amount = parseAmount(String(text), "EUR");
  if (!amount.ok) throw new Error(`an answer has the amount ${String(text)}`);
  return amount.value;
}

/** Every bet that was acknowledged is there, once, as it was asked for, under the request that asked. */
export async function compareBets(
  client: Client,
  ops: readonly Op[],
  answers: Answers,
  scope: string,
): Promise<string[]> {
  const { rows } = await client.query<BetRow>(`
    SELECT b.id, b.player_id AS player, b.stake, b.round_ref AS round, g.code AS game, r.key
      FROM bets b JOIN games g ON g.id = b.game_id JOIN requests r ON r.ref = b.id AND r.kind = 1`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const complaints: string[] = [];
  const seen = new Map<string, number>();
  for (const op of ops) {
    const answer = answers.get(op.number);
    if (op.kind !== "place" || answer?.status !== 200) continue;
    const bet = op as PlaceOp;
    const id = parseId("bet", String(answer.body["betId"]))?.toString() ?? "";
    const row = byId.get(id);
    const player = parseId("player", String(op.body["playerId"]))?.toString();
    const asked = [player, bet.stake.toString(), bet.roundId, bet.gameId, requestKey(scope, bet.requestId)];
    const found = row === undefined ? [] : [row.player, row.stake, row.round, row.game, row.key];
    if (asked.join(" ") !== found.join(" ")) {
      complaints.push(
        `the acknowledged bet ${id} was asked for as ${asked.join(" ")} and is ${found.join(" ") || "not there"}`,
      );
    }
    const other = seen.get(id);
    if (other !== undefined)
      complaints.push(`the requests ${other} and ${op.number} were both answered with the bet ${id}`);
    seen.set(id, op.number);
  }
  return complaints;
}

/** What a player should have in all, and on hold, by nothing but the answers; minor units of EUR. */
interface Expected {
  total: bigint;
  held: bigint;
}

/** Only right once every command has its final answer: what was done for nobody would be missing here. */
export async function compareBalances(
  client: Client,
  ops: readonly Op[],
  answers: Answers,
  opening: ReadonlyMap<number, { readonly id: bigint; readonly cash: bigint }>,
): Promise<string[]> {
  const expected = new Map<number, Expected>();
  for (const [player, { cash }] of opening) expected.set(player, { total: cash, held: 0n });
  for (const op of ops) {
    const answer = answers.get(op.number);
    const purse = expected.get(op.player);
    if (answer?.status === 200 && purse !== undefined) applyAnswer(purse, op, answer.body);
  }
  const { rows } = await client.query<{ id: string; total: string; held: string }>(
    "SELECT player_id AS id, sum(available + held) AS total, sum(held) AS held FROM wallets WHERE player_id IS NOT NULL GROUP BY 1",
  );
  const complaints: string[] = [];
  for (const [player, { total, held }] of expected) {
    const row = rows.find(({ id }) => id === opening.get(player)?.id.toString());
    if (row?.total !== total.toString() || row.held !== held.toString()) {
      complaints.push(
        `by the answers player ${player} has ${total} of which ${held} is held; by the ledger ${row?.total} and ${row?.held}`,
      );
    }
  }
  return complaints;
}

function applyAnswer(purse: Expected, op: Op, body: Answer["body"]): void {
  switch (op.kind) {
    case "place":
      purse.held += minor(body["hold"]);
      return;
    case "settle":
      for (const { stake, payout } of body["bets"] as { stake: string; payout: string }[]) {
        purse.held -= minor(stake);
        purse.total += minor(payout) - minor(stake);
      }
      return;
    case "void":
    case "rollback":
      purse.held -= body["released"] === null ? 0n : minor(body["released"]);
      return;
    case "correct":
      purse.total += minor(body["payout"]) - minor(body["payoutBefore"]);
  }
}
