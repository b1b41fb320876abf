/** Events into the store. Writing the same events again changes nothing. */
import type { Executor } from "@pitboss/db/kernel/executor";
import { captureRates } from "@pitboss/db/reporting/capture-rates";
import { listOrigins, type Origin } from "@pitboss/db/reporting/list-origins";
import { mainBrand } from "@pitboss/domain/identity/brand";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import { type Fact, factKinds, factsOf } from "@pitboss/domain/reporting/facts";
import { type PayoutStep, payoutStepOf, payoutSteps } from "@pitboss/domain/reporting/payout-steps";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { takeSumsBack } from "./sum-days.ts";
import type { ColumnStore, StoreRow } from "../store/column-store.ts";

export interface FactWriter {
  /** Answers how many facts each day got. */
  write(events: readonly DomainEvent[], db: Executor, tables?: FactTables): Promise<ReadonlyMap<string, number>>;
}

/** What events become: facts of money, and steps of payouts. */
export interface FactTables {
  readonly facts: string;
  readonly steps: string;
}
export const tablesInUse: FactTables = { facts: "facts", steps: "payout_steps" };

/** Countries and brands of players that are kept at hand; beyond that they are asked for again. */
const keptPlayers = 200_000;
/** Of a player who is not there: nothing that can be told apart. */
const nowhere: Origin = { country: "", brand: mainBrand };

export function createFactWriter(store: ColumnStore, reporting: Currency): FactWriter {
  const origins = new Map<bigint, Origin>();
  const ratedDays = new Set<string>();

  async function learnOrigins(db: Executor, rows: readonly Pick<Fact, "playerId">[]): Promise<void> {
    if (origins.size > keptPlayers) origins.clear();
    const unknown = new Set(rows.map(({ playerId }) => playerId).filter((id) => !origins.has(id)));
    for (const [id, origin] of await listOrigins(db, [...unknown])) origins.set(id, origin);
  }

  async function rateDays(db: Executor, days: Iterable<string>): Promise<void> {
    const fresh = [...days].filter((day) => !ratedDays.has(day));
    if (fresh.length === 0) return;
    const rates = await captureRates(db, fresh, reporting);
    await store.insert(
      "rates",
      rates.map(({ day, currency, factor }) => ({ reporting, day, currency, factor })),
    );
    for (const { day } of rates) ratedDays.add(day);
  }

  return {
    async write(events, db, tables = tablesInUse) {
      const facts = events.flatMap(factsOf);
      const steps = events.map(payoutStepOf).filter((step) => step !== undefined);
      const days = new Map<string, number>();
      for (const { ts } of facts) days.set(ts.slice(0, 10), (days.get(ts.slice(0, 10)) ?? 0) + 1);
      await learnOrigins(db, [...facts, ...steps]);
      await store.insert(
        tables.steps,
        steps.map((step) => stepRowOf(step, origins.get(step.playerId) ?? nowhere)),
      );
      // An exposure never changes, so that a rebuild writes the same rows into the table that is in use.
      await store.insert("lobby_exposures", events.flatMap(exposureRows));
      if (facts.length === 0) return days;
      await rateDays(db, days.keys());
      if (tables === tablesInUse) await takeSumsBack(store, days.keys(), Date.now());
      await store.insert(
        tables.facts,
        facts.map((fact) => rowOf(fact, origins.get(fact.playerId) ?? nowhere)),
      );
      return days;
    },
  };
}

function rowOf(fact: Fact, { country, brand }: Origin): StoreRow {
  return {
    event: fact.event.toString(),
    line: fact.line,
    kind: factKinds[fact.kind],
    at: fact.ts.replace("T", " ").replace("Z", ""),
    player: fact.playerId.toString(),
    bet: fact.betId.toString(),
    country,
    brand,
    currency: fact.currency,
    provider: fact.provider,
    game: fact.game,
    channel: fact.channel,
    stake_cash: fact.stakeCash.toString(),
    stake_bonus: fact.stakeBonus.toString(),
    win_cash: fact.winCash.toString(),
    win_bonus: fact.winBonus.toString(),
    amount: fact.amount.toString(),
  };
}

function exposureRows(event: DomainEvent): StoreRow[] {
  if (event.event !== "lobby.exposed") return [];
  const { experiment, variant, playerId, ts } = event;
  const player = parseId("player", playerId);
  assert(player !== undefined, `"${playerId}" is the id of a player`);
  return [{ experiment, variant, player: player.toString(), at: ts.replace("T", " ").replace("Z", "") }];
}

function stepRowOf(step: PayoutStep, { country }: Origin): StoreRow {
  return {
    payout: step.payoutId.toString(),
    event: step.event,
    step: payoutSteps[step.step],
    at: step.ts.replace("T", " ").replace("Z", ""),
    player: step.playerId.toString(),
    country,
    currency: step.currency,
    amount: step.amount.toString(),
    method: step.method,
    psp: step.psp,
    decided_by: step.by,
  };
}
