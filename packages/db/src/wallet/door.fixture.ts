/** A small casino in a test's own database, and its door: commands go through load, decide and write as in the engine. */
import { createHash } from "node:crypto";
import type { Command } from "@pitboss/domain/gaming/decide";
import { foldBatch, type Outcome } from "@pitboss/domain/gaming/fold-batch";
import type { GameRules } from "@pitboss/domain/wallet/book";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { Client } from "pg";
import { createTestDatabase } from "../embedded/test-database.ts";
import { openSession, type Session, type SessionOptions } from "../kernel/session.ts";
import type { Envelope } from "./door/envelope.ts";
import { type GateRules, loadBook, roundKeyOf } from "./door/load-book.ts";
import { writeBatch } from "./door/write-batch.ts";

export interface Door {
  readonly url: string;
  /** Works as the superuser. */
  readonly owner: Client;
  readonly players: readonly bigint[];
  /** Works under the engine's role. */
  readonly session: Session;
  run(commands: readonly TestCommand[]): Promise<Outcome[]>;
  close(): Promise<void>;
}

/** A command without what the edge adds to it; `round` is the round's reference. */
export type TestCommand = Bare<Command>;
type Bare<C> = C extends Command ? Omit<C, "requestKey" | "bodyHash" | "roundKey"> & Named : never;

interface Named {
  readonly request: string;
  readonly round?: string;
}

const providerId = 1;
const gameId = 1;
const bounds = { min: 1n, max: 10n ** 12n };
const games = new Map<number, GameRules>([
  [
    gameId,
    {
      id: gameId,
      providerId,
      open: true,
      limits: new Map<Currency, typeof bounds>([
        ["EUR", bounds],
        ["JPY", bounds],
      ]),
    },
  ],
]);

export function keyOf(request: string): string {
  const hex = createHash("sha256").update(request).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function hash64(text: string): bigint {
  return createHash("sha256").update(text).digest().readBigInt64BE();
}

export async function openDoor(playerCount: number, settings?: SessionOptions["settings"]): Promise<Door> {
  const database = await createTestDatabase();
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query("INSERT INTO providers (code, name) VALUES ('prov', 'Provider')");
  await owner.query(
    "INSERT INTO games (provider_id, code, name, category, limits) VALUES (1, 'game', 'Game', 'live', '{}'::jsonb)",
  );
  const { rows } = await owner.query<{ id: string }>(
    "INSERT INTO players (country, nickname) SELECT 'MT', 'player ' || n FROM generate_series(1, $1) n RETURNING id",
    [playerCount],
  );
  const session = await openSession({
    url: database.url,
    applicationName: "door-test",
    ...(settings === undefined ? {} : { settings }),
  });
  return {
    url: database.url,
    owner,
    players: rows.map(({ id }) => BigInt(id)),
    session,
    run: (commands) => runCommands(session, commands),
    close: async () => {
      await session.close();
      await owner.end();
      await database.drop();
    },
  };
}

export async function runCommands(
  session: Session,
  commands: readonly TestCommand[],
  gate?: GateRules,
): Promise<Outcome[]> {
  const envelopes = commands.map(envelopeOf);
  await session.run({ name: "begin", text: "BEGIN" });
  const { book, stripe } = await loadBook(session, envelopes, games, 0, gate);
  const firstId = book.nextId;
  const outcomes = foldBatch(
    book,
    envelopes.map(({ command }) => command),
  );
  const batch = { firstId, stripe, accepted: [], refused: [], events: [] };
  const accepted = envelopes.flatMap((envelope, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind !== "accepted") return [];
    return [{ envelope, decision: outcome.decision, answer: outcome.decision.placed === undefined ? "{}" : null }];
  });
  const refused = envelopes.flatMap((envelope, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind !== "refused" || !outcome.stored) return [];
    return [{ envelope, decision: outcome.decision, final: outcome.final }];
  });
  if (accepted.length + refused.length === 0) await session.run({ name: "rollback", text: "ROLLBACK" });
  else await writeBatch(session, { ...batch, accepted, refused, gates: book.gate?.states.values() ?? [] });
  return outcomes;
}

function envelopeOf({ request, round, ...fields }: TestCommand): Envelope {
  const base = { ...fields, requestKey: keyOf(request), bodyHash: hash64(JSON.stringify(fields, bigintText)) };
  const key = roundKeyOf(providerId, fields.playerId, round ?? "");
  const command = (round === undefined ? base : { ...base, roundKey: key }) as Command;
  return {
    command,
    requestId: request,
    traceId: keyOf(`trace of ${request}`),
    actor: null,
    ...(round === undefined ? {} : { round: { key, hash: hash64(key), providerId, ref: round } }),
  };
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

export function deposit(request: string, playerId: bigint, amount: bigint, currency: Currency = "EUR"): TestCommand {
  return { type: "move", request, playerId, move: { type: "DEPOSIT", playerId, currency, amount, psp: "card" } };
}

export function place(request: string, playerId: bigint, stake: bigint, currency: Currency = "EUR"): TestCommand {
  return { type: "place", request, playerId, gameId, round: "r", stake, currency };
}

export function settle(request: string, playerId: bigint, bets: readonly string[], payout: bigint): TestCommand {
  const outcome = payout > 0n ? "WIN" : "LOSE";
  const results = bets.map((bet) => ({ bet: { placeKey: keyOf(bet) }, outcome, payout }) as const);
  return { type: "settle", request, playerId, round: "r", results, close: false };
}
