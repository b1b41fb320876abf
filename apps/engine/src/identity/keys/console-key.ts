/**
 * What the console's server shows to be the console's server. In production it is set on both sides; otherwise the
 * first of the two to start makes a file in the data folder, and both read it.
 */
import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface ConsoleKeyOptions {
  readonly dataDir: string;
  readonly configured: string | undefined;
  readonly production: boolean;
}

export async function readConsoleKey({ dataDir, configured, production }: ConsoleKeyOptions): Promise<string> {
  if (production && (configured === undefined || configured.startsWith("demo-"))) {
    throw new Error("Production needs a CONSOLE_KEY of its own, on the engine and on the console.");
  }
  if (configured !== undefined) return configured;
  const folder = join(dataDir, "keys");
  const path = join(folder, "console-key");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `demo-${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(path, "utf8")).trim();
}
