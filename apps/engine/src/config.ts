/** The one place that reads the environment. A setting that is wrong stops the start with a sentence that names it. */
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { z } from "zod";

const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

const dataDir = z.string().default(".pitboss");
const logLevel = z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info");

const environment = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
    DATABASE_URL: z.string().min(1),
    ENGINE_HOST: z.string().default("127.0.0.1"),
    ENGINE_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    /** Keys, raw events and other objects of a single-machine set-up live under this folder. */
    PITBOSS_DATA_DIR: dataDir,
    /** Where people reach the console; passkeys and the links in mails are bound to it. */
    CONSOLE_URL: z.url().default("http://localhost:3000"),
    /** Where the operator's own site is, for links in mails to players; without it the mails carry the bare tokens. */
    PLAYER_SITE_URL: z.url().optional(),
    /** Addresses and networks of reverse proxies, comma-separated, whose `x-forwarded-for` tells the player's address. */
    TRUSTED_PROXIES: z.string().min(1).optional(),
    /** What the console's server shows to the engine; without it a file in the data folder holds one for both. */
    CONSOLE_KEY: z.string().min(32).optional(),
    /** The file of master keys, where they are not in the data folder. */
    MASTER_KEYS_FILE: z.string().optional(),
    LOG_LEVEL: logLevel,
    /** The licence holder's name, as it stands on what goes to a regulator. */
    OPERATOR_NAME: z.string().min(1).max(200).default("Pitboss demo casino"),
    LANES: count(2, 32),
    LANE_MAX_BATCH: count(512, 1_000),
    LANE_MAX_QUEUE: count(20_000, 1_000_000),
    POOL_SIZE: count(8, 200),
    /** Requests that a player may send in ten seconds. */
    RATE_LIMIT_PLAYER: count(200, 1_000_000),
    /** The same for an address from which requests come without a token, which may be a house full of people. */
    RATE_LIMIT_ADDRESS: count(300, 1_000_000),
    /** Where several engines count requests together; without it each counts for itself. */
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    /** A table of exchange rates as JSON; without it and without RATES_URL the fixed rates of the demo are used. */
    RATES_FILE: z.string().optional(),
    /** Where the European Central Bank's daily XML is, or a mirror of it. */
    RATES_URL: z.url().optional(),
    /** Off where this house keeps no reports; then nothing of them runs. */
    REPORTS: z.enum(["on", "off"]).default("on"),
    /** A ClickHouse for reports, with user, password and database in it; without it the embedded one is used. */
    CLICKHOUSE_URL: z.url().optional(),
    /** The currency that figures of several currencies are shown in. */
    REPORTING_CURRENCY: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]).default("EUR"),
    /** The file of payment providers, with their secrets, where it is not psps.json in the data folder. */
    PSPS_FILE: z.string().optional(),
    /** The house's banks, where they are not banks.json in the data folder. */
    BANKS_FILE: z.string().optional(),
    /** The file of the verification vendor, with its secrets, where it is not kyc-vendor.json in the data folder. */
    KYC_VENDOR_FILE: z.string().optional(),
    /** The file of registers of self-excluded people, where it is not exclusion-registers.json in the data folder. */
    EXCLUSION_REGISTERS_FILE: z.string().optional(),
    /** A country database of network addresses (MMDB), where it is not the one that comes with the engine. */
    GEO_DATABASE: z.string().optional(),
    /** Networks that hide where somebody is, one a line. */
    GEO_PROXIES: z.string().optional(),
    /** The file of the vendor that knows addresses which hide, where it is not geo-vendor.json in the data folder. */
    GEO_VENDOR_FILE: z.string().optional(),
    NATS_URL: z.string().optional(),
    S3_ENDPOINT: z.string().optional(),
    S3_BUCKET: z.string().optional(),
    S3_REGION: z.string().default("us-east-1"),
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
  })
  .refine(({ RATES_FILE, RATES_URL }) => RATES_FILE === undefined || RATES_URL === undefined, {
    path: ["RATES_URL"],
    message: "Rates come either from RATES_FILE or from RATES_URL.",
  });

export type Config = z.infer<typeof environment>;

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return read(environment, env);
}

const playEnvironment = z.object({
  ENGINE_URL: z.url(),
  PITBOSS_OPERATOR_KEY: z.string().min(16),
  /** Bets a second as the mean of a day; evenings have more, mornings fewer. */
  PLAY_RATE: z.coerce.number().positive().max(1_000).default(8),
  /** How many times faster than people players think and croupiers deal. */
  PLAY_SPEED: z.coerce.number().min(1).max(1_000).default(1),
  PITBOSS_DATA_DIR: dataDir,
  LOG_LEVEL: logLevel,
});

export type PlayConfig = z.infer<typeof playEnvironment>;

/** What the stream of simulated play takes from the environment. */
export function readPlayConfig(env: NodeJS.ProcessEnv = process.env): PlayConfig {
  return read(playEnvironment, env);
}

const pspSimulatorEnvironment = z.object({
  ENGINE_URL: z.url(),
  PSP_SIMULATOR_PORT: z.coerce.number().int().min(1).max(65_535).default(4900),
  /** `none` has them behave; `usual` repeats and mixes up a few webhooks, and loses an answer now and then. */
  PSP_FAULTS: z.enum(["none", "usual"]).default("usual"),
  /** How often a block comes on the simulated chains. */
  CHAIN_BLOCK_MS: z.coerce.number().int().min(20).max(600_000).default(2_000),
  PSPS_FILE: z.string().optional(),
  PITBOSS_DATA_DIR: dataDir,
});

const bankSimulatorEnvironment = z.object({
  GAME_BANK_PORT: z.coerce.number().int().min(0).max(65_535).default(4940),
  /** `none` has it behave; `usual` breaks a line, fails and takes its time now and then. */
  GAME_BANK_FAULTS: z.enum(["none", "usual"]).default("usual"),
  /** How often somebody plays a round there, ms; 0 is never. */
  GAME_BANK_PLAY_EVERY_MS: z.coerce.number().int().min(0).max(3_600_000).default(3_000),
  PITBOSS_DATA_DIR: dataDir,
});

const freeSpinsSimulatorEnvironment = z.object({
  ENGINE_URL: z.url().default("http://127.0.0.1:4000"),
  FREE_SPINS_PORT: z.coerce.number().int().min(0).max(65_535).default(4960),
  /** `none` has it behave; `usual` breaks a line and fails now and then. */
  FREE_SPINS_FAULTS: z.enum(["none", "usual"]).default("usual"),
  /** How often somebody plays a little there, ms; 0 is never. */
  FREE_SPINS_PLAY_EVERY_MS: z.coerce.number().int().min(0).max(3_600_000).default(30_000),
  PITBOSS_DATA_DIR: dataDir,
});

/** What the simulated aggregator of free spins takes from the environment. */
export function readFreeSpinsSimulatorConfig(
  env: NodeJS.ProcessEnv = process.env,
): z.infer<typeof freeSpinsSimulatorEnvironment> {
  return read(freeSpinsSimulatorEnvironment, env);
}

/** What the simulated game bank takes from the environment. */
export function readBankSimulatorConfig(
  env: NodeJS.ProcessEnv = process.env,
): z.infer<typeof bankSimulatorEnvironment> {
  return read(bankSimulatorEnvironment, env);
}

const houseBankEnvironment = z.object({
  ENGINE_URL: z.url(),
  BANK_SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(4930),
  /** `none` has it behave; `usual` repeats and mixes up messages, and loses an answer now and then. */
  BANK_FAULTS: z.enum(["none", "usual"]).default("usual"),
  /** How long it takes to book what it was given, ms. */
  BANK_BOOK_MS: z.coerce.number().int().min(10).max(600_000).default(1_500),
  /** How often the house gathers payouts into a file, s. */
  BANK_BATCH_SECONDS: z.coerce.number().min(0.1).max(86_400).default(10),
  BANKS_FILE: z.string().optional(),
  PITBOSS_DATA_DIR: dataDir,
});

/** What the simulated bank of the house takes from the environment. */
export function readHouseBankConfig(env: NodeJS.ProcessEnv = process.env): z.infer<typeof houseBankEnvironment> {
  return read(houseBankEnvironment, env);
}

/** What the simulated payment providers take from the environment. */
export function readPspSimulatorConfig(env: NodeJS.ProcessEnv = process.env): z.infer<typeof pspSimulatorEnvironment> {
  return read(pspSimulatorEnvironment, env);
}

const complianceSimulatorEnvironment = z.object({
  ENGINE_URL: z.url(),
  COMPLIANCE_SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(4950),
  /** `none` has them behave; `usual` repeats and mixes up a few webhooks. */
  COMPLIANCE_FAULTS: z.enum(["none", "usual"]).default("usual"),
  /** How many times faster than in the world the vendor looks at documents and tries its webhooks again. */
  COMPLIANCE_SPEED: z.coerce.number().min(1).max(100_000).default(60),
  KYC_VENDOR_FILE: z.string().optional(),
  EXCLUSION_REGISTERS_FILE: z.string().optional(),
  GEO_VENDOR_FILE: z.string().optional(),
  PITBOSS_DATA_DIR: dataDir,
});

/** What the simulated vendor of verification takes from the environment. */
export function readComplianceSimulatorConfig(
  env: NodeJS.ProcessEnv = process.env,
): z.infer<typeof complianceSimulatorEnvironment> {
  return read(complianceSimulatorEnvironment, env);
}

function read<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.infer<S> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
}
