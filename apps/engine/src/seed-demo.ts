/**
 * Makes the demo casino: a provider, games, players with money, and keys to try the API with. It prints the sign-ins as
 * one JSON line. Everything here is for trying things out, labelled so, and refused in production.
 */
import { randomUUID } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { openSession, type Session } from "@pitboss/db/kernel/session";
import { backdatePlayers, closeDemoClock, openDemoClock, setDemoClock } from "@pitboss/db/catalog/demo-clock";
import { insertGame, insertMachineKey, insertProvider, isSeeded } from "@pitboss/db/catalog/open-casino";
import { setKycLevel, setScreening } from "@pitboss/db/compliance/standing-store";
import { insertBrand } from "@pitboss/db/identity/brand-store";
import { insertPlayer, insertPlayerToken } from "@pitboss/db/identity/player-access";
import { builtInGames } from "@pitboss/domain/gaming/games/built-in-games";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type Currency, exponentOf } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { readBankSimulatorConfig, readConfig, readFreeSpinsSimulatorConfig } from "./config.ts";
import { demoDepositEnvelope, firstDepositRequest } from "./demo/demo-deposit.ts";
import { historyStart, playHistory } from "./demo/play-history.ts";
import { openDemoOffice } from "./demo/open-demo-office.ts";
import { openDemoBank } from "./demo/open-demo-bank.ts";
import { openDemoFreeSpins } from "./demo/open-demo-free-spins.ts";
import { openDemoProviders } from "./demo/open-demo-providers.ts";
import { machineScopes } from "./edge/guard.ts";
import { answerText } from "./gaming/present.ts";
import { newToken } from "./identity/access-routes.ts";
import { hashToken } from "./identity/authenticate.ts";
import { createStaffDeps } from "./identity/open-people.ts";
import { systemClock } from "./kernel/context.ts";
import { createLog } from "./kernel/log.ts";
import { runBatch } from "./wallet/run-batch.ts";

/** One in so many demo players has shown no papers. */
const unverifiedEvery = 9;
const config = readConfig();
if (config.NODE_ENV === "production") {
  process.stderr.write("The demo casino has well-known keys and is refused when NODE_ENV is production.\n");
  process.exit(3);
}

const names = ["ada", "bruno", "chiara", "dmitri", "elif", "farah", "goran", "hana", "ines", "jonas", "kaia", "luis"];
const countries = ["MT", "DE", "GB", "FI", "IT", "TR", "SE", "ES"];
const liveGames = [
  { code: "pragm_live_roulette", name: "Live Roulette", category: "live" },
  { code: "pragm_live_blackjack", name: "Live Blackjack", category: "live" },
  { code: "pragm_sweet_orchard", name: "Sweet Orchard", category: "slots" },
];
const demoTokenMs = 24 * 3_600_000;
/** Simulated play lives on this key for as long as the demo is left running. */
const demoKeyMs = 30 * 24 * 3_600_000;

const pool = createPool({
  url: config.DATABASE_URL,
  applicationName: "pitboss-seed",
  max: 2,
  onError: () => undefined,
});
const db = createDatabase(pool);
const seeded = await isSeeded(db);
const players = seeded ? [] : await seedCasino();
process.stdout.write(`${JSON.stringify(await makeSignIns(players))}\n`);
await pool.end();

async function seedCasino(): Promise<bigint[]> {
  const house = await insertProvider(db, "pitboss", "Pitboss originals");
  const live = await insertProvider(db, "pragm", "Pragm Live (demo)");
  for (const { id, name, category } of builtInGames) {
    await insertGame(db, { providerId: house, code: id, name, category, limits: limitsOf("0.10", "1000.00") });
  }
  for (const game of liveGames)
    await insertGame(db, { providerId: live, ...game, limits: limitsOf("0.10", "5000.00") });
  await insertBrand(db, { code: "harbour", name: "Harbour Club (demo)" });
  const ids: bigint[] = [];
  for (let index = 0; index < 48; index += 1) {
    const nickname = `${names[index % names.length] ?? "guest"}${index < names.length ? "" : String(index)}`;
    const country = countries[index % countries.length] ?? "MT";
    const id = await insertPlayer(db, { nickname, country, brand: index % 3 === 2 ? "harbour" : undefined });
    ids.push(id);
    // Most have shown their papers and were screened; of the others payouts wait, for staff to see why.
    if (index % unverifiedEvery === unverifiedEvery - 1) continue;
    await setKycLevel(db, id, 2);
    await setScreening(db, id, "CLEAR", new Date());
  }
  await makePast(ids);
  return ids;
}

/** Four weeks of play, beginning with the deposits. */
async function makePast(ids: readonly bigint[]): Promise<void> {
  const session = await openSession({ url: config.DATABASE_URL, applicationName: "pitboss-seed-door" });
  const untilMs = Date.now();
  const start = historyStart(untilMs);
  await backdatePlayers(db, ids, start);
  await openDemoClock(db);
  try {
    await setDemoClock(session, start);
    await deposit(session, ids);
    await playHistory({ db, session, players: ids, untilMs });
  } finally {
    await closeDemoClock(db);
  }
  await session.close();
}

/** Deposits go through the ledger's door like everything else. */
async function deposit(session: Session, ids: readonly bigint[]): Promise<void> {
  const context = { games: () => new Map(), answerText, sideEvents: () => [], preferredStripe: 0 };
  for (const [index, playerId] of ids.entries()) {
    const currencies: Currency[] = index % 5 === 0 ? ["EUR", "USD"] : index % 7 === 0 ? ["EUR", "JPY"] : ["EUR"];
    const envelopes = currencies.map((currency) =>
      demoDepositEnvelope({
        playerId,
        amount:
          BigInt(250 + 250 * (index % 8)) * 10n ** BigInt(exponentOf(currency)) * (currency === "JPY" ? 100n : 1n),
        currency,
        requestId: firstDepositRequest(playerId, currency),
        traceId: randomUUID(),
        actor: "job:demo-seed",
      }),
    );
    await runBatch(session, envelopes, context);
  }
}

/** New tokens at each start: they are short-lived, and only their hashes are kept. */
async function makeSignIns(fresh: readonly bigint[]): Promise<object> {
  const operatorKey = newToken("mk");
  await insertMachineKey(db, "demo-operator", hashToken(operatorKey), machineScopes, new Date(Date.now() + demoKeyMs));
  await writeDemoProviders(operatorKey);
  const playerId = fresh[0] ?? 1n;
  const playerToken = newToken("pt");
  await insertPlayerToken(db, playerId, hashToken(playerToken), new Date(Date.now() + demoTokenMs));
  return {
    seeded: fresh.length > 0,
    demo: "For trying things out only. Refused in production.",
    player: { playerId: formatId("player", playerId), token: playerToken },
    operatorKey,
    staff: await openDemoOffice(config, db, fresh),
  };
}

/** A provider for each dialect; what it signs with lies where the laboratory and the owner of this folder find it. */
async function writeDemoProviders(operatorKey: string): Promise<void> {
  const { vault } = await createStaffDeps(config, {
    db,
    clock: systemClock,
    log: createLog("silent"),
    lanes: { submit: () => Promise.reject(new Error("the seed has no lanes")) },
    catalog: { byCode: () => undefined, all: () => [] },
  });
  const opened = await openDemoProviders(db, vault, limitsOf("0.10", "1000.00"));
  await openDemoBank(db, vault, limitsOf("0.10", "1000.00"), {
    dataDir: config.PITBOSS_DATA_DIR,
    url: `http://127.0.0.1:${readBankSimulatorConfig().GAME_BANK_PORT}`,
  });
  const { FREE_SPINS_PORT } = readFreeSpinsSimulatorConfig();
  await openDemoFreeSpins(db, opened, `http://127.0.0.1:${FREE_SPINS_PORT}`);
  const folder = join(config.PITBOSS_DATA_DIR, "demo");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "providers.json");
  const setups = opened.map((provider) => ({ ...provider, currency: "EUR", operatorKey }));
  await writeFile(path, `${JSON.stringify(setups, undefined, 2)}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}

function limitsOf(min: string, max: string): Record<string, { min: string; max: string }> {
  const bounds = (currency: Currency, factor: bigint) => {
    const scale = (text: string): string => {
      const cents = BigInt(text.replace(".", "")) * factor;
      return formatMinor((cents * 10n ** BigInt(exponentOf(currency))) / 100n, currency);
    };
    return { min: scale(min), max: scale(max) };
  };
  return {
    EUR: bounds("EUR", 1n),
    USD: bounds("USD", 1n),
    GBP: bounds("GBP", 1n),
    JPY: bounds("JPY", 150n),
    KWD: bounds("KWD", 1n),
  };
}
