/**
 * Secrets that were not set are files in the data folder, made at random by whoever starts first. The console's key is
 * the engine's file as well (apps/engine/src/identity/keys/console-key.ts): each proves to the other that it can read it.
 */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "../config.ts";

const secretBytes = 32;

type Settings = Pick<Config, "CONSOLE_SECRET" | "CONSOLE_KEY" | "PITBOSS_DATA_DIR">;

export function findSecrets(settings: Settings, usualFolder: string): { CONSOLE_SECRET: string; CONSOLE_KEY: string } {
  const folder = path.join(path.resolve(settings.PITBOSS_DATA_DIR ?? usualFolder), "keys");
  return {
    CONSOLE_SECRET: settings.CONSOLE_SECRET ?? keep(folder, "console-secret"),
    CONSOLE_KEY: settings.CONSOLE_KEY ?? keep(folder, "console-key"),
  };
}

/** A whole file appears at once, so that nobody ever reads half a secret; whoever comes second keeps the first one. */
function keep(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, name);
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `demo-${randomBytes(secretBytes).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, "utf8").trim();
}
