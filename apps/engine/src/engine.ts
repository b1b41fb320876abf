/** Puts the engine together from its parts. `main.ts` runs it as a process; tests run several side by side. */
import { randomUUID } from "node:crypto";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import type { AddressInfo } from "node:net";
import { loadGameCatalog } from "./catalog/game-catalog.ts";
import { registerRgRoutes } from "./compliance/rg/rg-routes.ts";
import { registerLobbyRoutes } from "./catalog/lobby-routes.ts";
import type { Config } from "./config.ts";
import { registerDepositRoutes } from "./cashier/deposits/deposit-routes.ts";
import { registerInstrumentRoutes } from "./cashier/instruments/instrument-routes.ts";
import { registerPayoutRoutes } from "./cashier/payouts/payout-routes.ts";
import { openCashier, openPsps } from "./cashier/open-cashier.ts";
import { registerCryptoRoutes } from "./cashier/custody/crypto-routes.ts";
import { registerTransferRoutes } from "./cashier/bank/transfer-routes.ts";
import { createTravelVault } from "./cashier/travel/travel-vault.ts";
import { createWebhookPlugin } from "./cashier/webhooks/webhook-routes.ts";
import { checkRegister } from "./compliance/registers/ask-register.ts";
import { screenBeforePayout } from "./compliance/screening/screen-before-payout.ts";
import { registerKycRoutes } from "./compliance/kyc/kyc-routes.ts";
import { createKycWebhookPlugin } from "./compliance/kyc/vendor/kyc-webhook-routes.ts";
import { registerDemoRoutes } from "./demo/demo-routes.ts";
import { createHttpServer, type TypedServer } from "./edge/http-server.ts";
import { createRateLimit, limitRequests } from "./edge/rate-limit.ts";
import { createCallCounts } from "./gaming/dialects/kit/call-counts.ts";
import { createDialectPlugin } from "./gaming/dialects/kit/dialect-plugin.ts";
import { loadIntegrations } from "./gaming/dialects/kit/integrations.ts";
import { registerBankRoutes } from "./gaming/game-bank/bank-routes.ts";
import { startFreeSpins } from "./gaming/free-spins/start-free-spins.ts";
import { startBanks } from "./gaming/game-bank/start-banks.ts";
import { registerBetRoutes } from "./gaming/bet-routes.ts";
import { registerPlaceRoutes } from "./gaming/place-routes.ts";
import { startFinishingBuiltIn } from "./gaming/finish-built-in.ts";
import { registerGameRoutes } from "./gaming/game-routes.ts";
import { answerText } from "./gaming/present.ts";
import { sideEvents } from "./gaming/side-events.ts";
import { registerAccessRoutes } from "./identity/access-routes.ts";
import { createTrpcPlugin } from "./edge/trpc/plugin.ts";
import { createAuthenticator } from "./identity/authenticate.ts";
import { openPeople } from "./identity/open-people.ts";
import { registerAccountRoutes } from "./identity/player-account/account-routes.ts";
import { registerDeviceRoutes } from "./identity/player-account/device-routes.ts";
import { createPlayerDeps } from "./identity/player-account/player-deps.ts";
import { registerRegistrationRoutes } from "./identity/player-account/registration-routes.ts";
import { registerSessionRoutes } from "./identity/player-account/session-routes.ts";
import { watchRevocations } from "./identity/watch-revocations.ts";
import { systemClock } from "./kernel/context.ts";
import { createLog } from "./kernel/log.ts";
import { version } from "./kernel/version.ts";
import { registerHealthRoutes } from "./ops/health-routes.ts";
import { createMetrics } from "./ops/metrics.ts";
import { startPartitionJob } from "./ops/partition-job.ts";
import { assert } from "@pitboss/domain/kernel/result";
import type { Packs } from "@pitboss/domain/risk/jurisdiction-pack";
import { type GateBoard, openGateBoard } from "./risk/gate-rules.ts";
import { registerConvertRoutes } from "./wallet/convert-routes.ts";
import { registerExplainRoutes } from "./wallet/explain-routes.ts";
import { createLanes } from "./wallet/lanes.ts";
import { createEcbRates } from "./wallet/rates/ecb-rates.ts";
import { createFileRates } from "./wallet/rates/file-rates.ts";
import { openRateBoard } from "./wallet/rates/rate-board.ts";
import { registerAffiliateLinks } from "./reporting/affiliates/affiliate-links.ts";
import { runChdb } from "./reporting/store/embedded/run-chdb.ts";
import { storeKind } from "./reporting/store/open-store.ts";
import { runBackground } from "./run-background.ts";
import { createLiveFeed } from "./ops/live/live-feed.ts";
import { createLiveReader } from "./ops/live/read-live.ts";
import { createSteadySession } from "./ops/steady-session.ts";
import { registerSealRoutes } from "./wallet/seal-routes.ts";
import { registerWalletRoutes } from "./wallet/wallet-routes.ts";

export interface Engine {
  readonly url: string;
  stop(): Promise<void>;
}

/** What the way of a bet can be tried without. No setting reaches it: whoever leaves something out writes it down in code. */
export interface EngineParts {
  readonly openGate: (...of: Parameters<typeof openGateBoard>) => Promise<GateBoard | undefined>;
}

export async function startEngine(config: Config, parts: EngineParts = { openGate: openGateBoard }): Promise<Engine> {
  const log = createLog(config.LOG_LEVEL);
  const clock = systemClock;
  const engineId = randomUUID().slice(0, 8);
  const metrics = createMetrics();
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName: `pitboss-${engineId}`,
    max: config.POOL_SIZE,
    onError: (error) => log.warn({ err: error }, "an idle database connection broke"),
  });
  const db = createDatabase(pool);
  const catalog = await loadGameCatalog(db, log);
  const gate = await parts.openGate(db, catalog, log);
  const rateSource =
    config.RATES_URL === undefined ? createFileRates(config.RATES_FILE) : createEcbRates(config.RATES_URL);
  const rates = await openRateBoard({ db, clock, log }, rateSource);
  // A process of its own; nothing waits for it.
  const chdb = storeKind(config) === "embedded" ? runChdb(config.PITBOSS_DATA_DIR, log) : undefined;
  const background = runBackground(config, engineId, log);
  const lanes = createLanes({
    databaseUrl: config.DATABASE_URL,
    count: config.LANES,
    maxBatch: config.LANE_MAX_BATCH,
    maxQueue: config.LANE_MAX_QUEUE,
    engineId,
    batch: { games: catalog.rules, ...(gate === undefined ? {} : { gate: gate.current }), answerText, sideEvents },
    log,
    observe: (batch) => {
      metrics.observeBatch(batch);
      background.nudge(batch.size);
    },
  });
  const watch = await openPsps(config, { db, clock, log, engineId });
  const people = await openPeople(config, { db, clock, log, lanes, catalog, psps: watch.desk }, metrics.healing);
  const { geo, bank } = people.deps;
  const cashier = await openCashier(config, {
    db,
    clock,
    log,
    lanes,
    rates,
    geo,
    watch,
    bank,
    travel: createTravelVault(people.deps.players, config.OPERATOR_NAME),
    screen: screenBeforePayout(people.deps),
  });
  const authenticator = createAuthenticator({ db, clock, tokens: people.deps.tokens });
  const revocations = watchRevocations({ db, clock, log }, authenticator);
  const playerDeps = createPlayerDeps(people.deps, config.PLAYER_SITE_URL?.replace(/\/$/, ""));
  const askBeforePlay = (playerId: bigint, country: string) => checkRegister(people.deps, playerId, country, "PLAY");
  const { countAnswer } = metrics;
  const packs = () => packsOf(gate);
  const context = { db, clock, log, lanes, catalog, authenticator, rates, geo, packs, countAnswer, askBeforePlay };
  const integrations = await loadIntegrations(context, people.deps.vault);
  const callCounts = createCallCounts(db, log);
  const banks = { db, clock, log, lanes, integrations };
  const bankWorker = startBanks(config, banks, metrics.healing);
  const freeSpinsWorker = startFreeSpins(config, { db, clock, log, integrations });
  const sealReader = createSteadySession({
    databaseUrl: config.DATABASE_URL,
    applicationName: `pitboss-${engineId}-receipts`,
  });
  const liveSession = createSteadySession({
    databaseUrl: config.DATABASE_URL,
    applicationName: `pitboss-${engineId}-live`,
  });
  const live = createLiveFeed({ openReader: () => createLiveReader({ db, session: liveSession }), log });

  const rateLimit = createRateLimit({
    limits: { player: config.RATE_LIMIT_PLAYER, address: config.RATE_LIMIT_ADDRESS },
    redisUrl: config.REDIS_URL,
    log,
  });
  const server: TypedServer = (await createHttpServer(log, version, config.TRUSTED_PROXIES)).withTypeProvider();
  await server.register((scope, _options, done) => {
    const typed: TypedServer = scope.withTypeProvider();
    limitRequests(scope, rateLimit);
    registerPlaceRoutes(typed, context);
    registerBetRoutes(typed, context);
    registerGameRoutes(typed, context);
    registerLobbyRoutes(typed, { ...context, banks });
    registerBankRoutes(typed, { ...context, banks });
    registerWalletRoutes(typed, context);
    registerExplainRoutes(typed, context);
    registerConvertRoutes(typed, context);
    registerDepositRoutes(typed, cashier.cashier, authenticator);
    registerPayoutRoutes(typed, cashier.cashier, authenticator);
    registerCryptoRoutes(typed, cashier.cashier, authenticator);
    registerTransferRoutes(typed, cashier.cashier, authenticator);
    registerInstrumentRoutes(typed, cashier.cashier, authenticator);
    registerSealRoutes(typed, { db, session: sealReader, authenticator });
    registerAccessRoutes(typed, context);
    registerRegistrationRoutes(typed, playerDeps, authenticator);
    registerSessionRoutes(typed, playerDeps, authenticator);
    registerDeviceRoutes(typed, playerDeps, authenticator);
    registerAccountRoutes(typed, playerDeps, authenticator);
    registerAffiliateLinks(typed, db);
    registerRgRoutes(typed, playerDeps, authenticator);
    registerKycRoutes(typed, people.deps, authenticator);
    if (config.NODE_ENV !== "production") registerDemoRoutes(typed, context);
    registerHealthRoutes(typed, () => lanes.up(), metrics.registry);
    done();
  });
  await server.register(createWebhookPlugin(cashier.cashier, cashier.nudgeWebhooks));
  await server.register(createKycWebhookPlugin(people.deps));
  await server.register(createDialectPlugin({ ...context, integrations, counts: callCounts }));
  await server.register(createTrpcPlugin(people.deps, live));
  const finishing = startFinishingBuiltIn(context);
  const partitions = startPartitionJob(context);
  await server.listen({ host: config.ENGINE_HOST, port: config.ENGINE_PORT });
  const { port } = server.server.address() as AddressInfo;
  log.info({ port, engineId }, "the engine takes bets");

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    // New requests are refused first, those under way get their answers, then the doors close.
    await server.close();
    rateLimit.close();
    finishing.stop();
    partitions.stop();
    catalog.stop();
    gate?.stop();
    await bankWorker.stop();
    await freeSpinsWorker.stop();
    integrations.stop();
    await callCounts.stop();
    rates.stop();
    await revocations.stop();
    await playerDeps.errands.settled();
    await people.stop();
    await cashier.stop();
    await lanes.stop();
    await background.stop();
    await chdb?.stop();
    await sealReader.close();
    await liveSession.close();
    await pool.end();
  }
  return { url: `http://${config.ENGINE_HOST}:${port}`, stop: () => (stopping ??= stop()) };
}

function packsOf(gate: GateBoard | undefined): Packs {
  assert(gate !== undefined, "games are opened only by an engine that has its gate");
  return gate.current().packs;
}
