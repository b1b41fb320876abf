/** What `npm start` takes from the environment. A setting that is wrong stops it with a sentence that names it. */
import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535).optional();

const environment = z.object({
  ENGINE_PORT: port,
  CONSOLE_PORT: port,
  PSP_SIMULATOR_PORT: port,
  BANK_SIMULATOR_PORT: port,
  COMPLIANCE_SIMULATOR_PORT: port,
  GAME_BANK_PORT: port,
  FREE_SPINS_PORT: port,
  DATABASE_URL: z.string().min(1).optional(),
  PITBOSS_DATA_DIR: z.string().min(1).default(".pitboss"),
});

export type StartConfig = z.infer<typeof environment>;

export function readConfig(env: NodeJS.ProcessEnv): StartConfig {
  // `ENGINE_PORT= npm start` is how a shell takes a wish back.
  const wishes = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(wishes);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
}
