/** The sign-ins of this person on this machine, one a context, in a file that nobody else may read. */
import { join } from "node:path";
import { z } from "zod";
import type { CliConfig } from "../config.ts";
import { readPrivate, writePrivate } from "../kernel/private-file.ts";
import { stop } from "../kernel/stop.ts";

const signIn = z.object({
  /** The address that gave the session out. It is shown to no other, whatever the context's name comes to mean. */
  url: z.string(),
  /** The secret that new tokens are asked for with; it can be ended on the engine. */
  session: z.string(),
  sessionId: z.string(),
  /** Five minutes' worth of access. */
  token: z.string().nullable(),
  tokenExpiresAt: z.string().nullable(),
});
const tokenFile = z.record(z.string(), signIn);

export type SignIn = z.infer<typeof signIn>;

export function findSignIn(
  config: CliConfig,
  context: { readonly name: string; readonly url: string },
): SignIn | undefined {
  const found = read(config)[context.name];
  return found?.url === context.url ? found : undefined;
}

export function keepSignIn(config: CliConfig, name: string, kept: SignIn): void {
  writePrivate(fileOf(config), { ...read(config), [name]: kept });
}

export function forgetSignIn(config: CliConfig, name: string): void {
  const { [name]: _forgotten, ...rest } = read(config);
  writePrivate(fileOf(config), rest);
}

function read(config: CliConfig): z.infer<typeof tokenFile> {
  const found = readPrivate(fileOf(config));
  if (found === undefined) return {};
  const parsed = tokenFile.safeParse(found);
  if (parsed.success) return parsed.data;
  stop("CONFIG_UNUSABLE", {
    detail: `${fileOf(config)} has not the form that is known here.`,
    hint: `rm ${fileOf(config)}`,
  });
}

function fileOf(config: CliConfig): string {
  return join(config.configDir, "tokens.json");
}
