/** The one place that reads the environment. A setting that is wrong stops the start with a sentence that names it. */
import { z } from "zod";

const environment = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  CONSOLE_HOST: z.string().default("127.0.0.1"),
  CONSOLE_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Where people reach the console; cookies, passkeys and the check of origins are bound to it. */
  CONSOLE_URL: z.url().optional(),
  /** How many proxies of one's own stand in front and add to X-Forwarded-For. */
  CONSOLE_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** Encrypts the cookies, at least 32 characters; without it a random one is made and kept in the data folder. */
  CONSOLE_SECRET: z.string().min(32).optional(),
  /** What the engine knows the console's server by; without it the engine's file in the data folder is read. */
  CONSOLE_KEY: z.string().min(20).optional(),
  ENGINE_URL: z.url().default("http://127.0.0.1:4000"),
  PITBOSS_DATA_DIR: z.string().optional(),
});

export type Config = z.infer<typeof environment>;

function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
}

export const config = readConfig(process.env);

export const consoleOrigin = new URL(config.CONSOLE_URL ?? `http://localhost:${config.CONSOLE_PORT}`).origin;

/** A secret that serve.ts made sure of; a build has none, and needs none. */
export function secretOf(name: "CONSOLE_SECRET" | "CONSOLE_KEY"): string {
  const value = config[name];
  if (value === undefined) throw new Error(`${name} is missing: start the console by serve.ts, or set it.`);
  return value;
}

/**
 * Puts into the environment what Next and next-auth read from there alone, and the secrets that were found or made.
 * Called once, before either of them is loaded.
 */
export function prepareEnvironment(
  mode: "dev" | "start",
  secrets: Pick<Config, "CONSOLE_SECRET" | "CONSOLE_KEY">,
): void {
  const env: Record<string, string | undefined> = process.env;
  env["NODE_ENV"] = mode === "dev" ? "development" : "production";
  env["NEXT_TELEMETRY_DISABLED"] = "1";
  env["NEXTAUTH_URL"] = consoleOrigin;
  for (const [name, value] of Object.entries(secrets)) env[name] = value;
}
