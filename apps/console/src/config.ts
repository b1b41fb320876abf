/** The one place that reads the environment. A setting that is wrong stops the start with a sentence that names it. */
import { z } from "zod";

const environment = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  CONSOLE_HOST: z.string().default("127.0.0.1"),
  CONSOLE_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Where people reach the console; cookies are `Secure` and origins are compared by it. */
  CONSOLE_URL: z.url().optional(),
  /** At least 32 characters; without it a random one is made and kept in the data folder. */
  CONSOLE_SECRET: z.string().min(32).optional(),
  ENGINE_URL: z.url().default("http://127.0.0.1:4000"),
  PITBOSS_DATA_DIR: z.string().optional(),
});

export type Config = z.infer<typeof environment>;

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
}

export const config = readConfig();
export const inProduction = config.NODE_ENV === "production";
