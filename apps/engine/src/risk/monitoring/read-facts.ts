/** Reads what rules are judged by, from the database into the domain's shapes. */
import type { Executor } from "@pitboss/db/kernel/executor";
import { captureRates } from "@pitboss/db/reporting/capture-rates";
import { readPlayerFacts } from "@pitboss/db/risk/fact-store";
import { listLinks } from "@pitboss/db/risk/link-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { DayRates, PlayerFacts, SharedThing } from "@pitboss/domain/risk/monitoring/monitoring-facts";
import { rateKey } from "@pitboss/domain/risk/monitoring/monitoring-facts";
import {
  isMoneyRule,
  isPlayRule,
  linkKinds as linkRuleKinds,
  lookBackMs,
  type MonitoringRule,
} from "@pitboss/domain/risk/monitoring/monitoring-rule";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";

export interface ReadFacts {
  readonly players: readonly PlayerFacts[];
  readonly rates: DayRates;
}

/** The facts of these players that the rules need to be judged from `fromMs` on. */
export async function readFacts(
  db: Executor,
  playerIds: readonly bigint[],
  rules: readonly Pick<MonitoringRule, "conditions">[],
  fromMs: number,
  reporting: Currency,
): Promise<ReadFacts> {
  const conditions = rules.map((rule) => rule.conditions);
  const money = conditions.filter(isMoneyRule);
  const play = conditions.filter(isPlayRule);
  const moneyBack = Math.max(0, ...money.map(lookBackMs));
  const playBack = Math.max(
    0,
    ...play.map(lookBackMs),
    ...money.filter(({ kind }) => kind === "RAPID_IN_OUT").map(lookBackMs),
  );
  // Whoever is judged by play alone needs none of the money, which reaches back furthest.
  const far = Date.UTC(9999, 0, 1);
  const since = {
    money: new Date(money.length === 0 ? far : fromMs - moneyBack),
    play: new Date(playBack === 0 ? far : fromMs - playBack),
    signs: money.some(({ kind }) => kind === "DORMANT_ACTIVE"),
  };
  const found = await readPlayerFacts(db, playerIds, since);
  const shares = conditions.some(({ kind }) => (linkRuleKinds as readonly string[]).includes(kind));
  const shared = shares ? await readShared(db, playerIds) : new Map<bigint, SharedThing[]>();
  return {
    players: found.map((facts) => ({ ...facts, shared: shared.get(facts.playerId) ?? [] })),
    rates: await readRates(db, found, money.length > 0, reporting),
  };
}

async function readShared(db: Executor, playerIds: readonly bigint[]): Promise<Map<bigint, SharedThing[]>> {
  const links = await listLinks(db, playerIds, ["DEVICE", "BROWSER", "INSTRUMENT"]);
  const things = new Map<string, { playerId: bigint; kind: SharedThing["kind"]; key: string; players: Set<bigint> }>();
  for (const { kind, playerId, otherId, key } of links) {
    const name = `${playerId} ${kind} ${key}`;
    const thing = things.get(name) ?? {
      playerId,
      kind: kind === "INSTRUMENT" ? ("INSTRUMENT" as const) : ("DEVICE" as const),
      key,
      players: new Set([playerId]),
    };
    thing.players.add(otherId);
    things.set(name, thing);
  }
  const byPlayer = new Map<bigint, SharedThing[]>();
  for (const { playerId, kind, key, players } of things.values()) {
    const own = byPlayer.get(playerId) ?? [];
    own.push({ kind, key, players: [...players].sort((a, b) => (a < b ? -1 : 1)) });
    byPlayer.set(playerId, own);
  }
  return byPlayer;
}

async function readRates(
  db: Executor,
  players: readonly PlayerFacts[],
  wanted: boolean,
  reporting: Currency,
): Promise<DayRates> {
  const days = new Set<string>();
  for (const { money, play } of wanted ? players : []) {
    for (const { atMs } of [...money, ...play]) days.add(new Date(atMs).toISOString().slice(0, 10));
  }
  if (days.size === 0) return new Map();
  const rates = await captureRates(db, [...days].sort(), reporting);
  return new Map(rates.map(({ day, currency, factor }) => [rateKey(Date.parse(day), currency), scaled(factor)]));
}

/** A decimal of 18 places as an integer. */
function scaled(factor: string): bigint {
  const [whole = "0", fraction = ""] = factor.split(".");
  return BigInt(whole + fraction.padEnd(18, "0").slice(0, 18));
}

/** The facts that a finding names, as they are kept with the alert. */
export function snapshotOf(facts: PlayerFacts, named: readonly string[]): JsonObject[] {
  const wanted = new Set(named);
  const money = facts.money
    .filter(({ id }) => wanted.has(id))
    .map(
      ({ id, atMs, kind, currency, amount, instrument, method }): JsonObject => ({
        id,
        at: new Date(atMs).toISOString(),
        kind,
        amount: formatMinor(amount, currency),
        currency,
        method,
        // Enough to see which of them are the same, and nothing to find the card by.
        instrument: instrument === null ? null : shorten(instrument),
      }),
    );
  const play = facts.play
    .filter(({ atMs }) => wanted.has(`minute:${new Date(atMs).toISOString()}`))
    .map(
      ({ atMs, currency, bets, staked, voided, minimum, opposite }): JsonObject => ({
        id: `minute:${new Date(atMs).toISOString()}`,
        at: new Date(atMs).toISOString(),
        kind: "PLAY",
        amount: formatMinor(staked, currency),
        currency,
        bets,
        voided,
        minimum,
        opposite,
      }),
    );
  const shared = facts.shared
    .filter(({ kind, key }) => wanted.has(`${kind.toLowerCase()}:${key}`))
    .map(
      ({ kind, key, players }): JsonObject => ({
        id: `${kind.toLowerCase()}:${key}`,
        kind,
        players: players.map((id) => formatId("player", id)),
      }),
    );
  return [...money, ...play, ...shared].slice(0, mostEvidence);
}

/** A case is read by people; more than this is a report of its own. */
const mostEvidence = 500;

function shorten(instrument: string): string {
  const at = instrument.indexOf(":");
  return `${instrument.slice(0, at)}:…${instrument.slice(-6)}`;
}
