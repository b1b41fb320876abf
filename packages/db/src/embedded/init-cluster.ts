import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { assertReachable, giveTo, type PostgresUser, runAs } from "./postgres-user.ts";
import type { ServerLayout } from "./server-layout.ts";

export const settingsFileName = "pitboss.conf";
const unfinishedPrefix = "cluster.unfinished-";

/**
 * Makes the cluster unless it is there. It is built under another name and renamed at the end, so a cluster that
 * exists is always a whole one, whatever was killed in between.
 */
export function initCluster(layout: ServerLayout, binaries: PostgresBinaries, user: PostgresUser): void {
  if (existsSync(layout.cluster)) {
    assertSameMajorVersion(layout, binaries);
    return;
  }
  for (const name of readdirSync(layout.dataDir)) {
    if (name.startsWith(unfinishedPrefix)) rmSync(join(layout.dataDir, name), { recursive: true, force: true });
  }
  const unfinished = join(layout.dataDir, unfinishedPrefix + String(process.pid));
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = join(layout.dataDir, `${unfinishedPrefix}password`);
  const password = randomBytes(24).toString("base64url");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(user, unfinished);
  giveTo(user, passwordFile);
  assertReachable(user, unfinished);

  const cluster = join(unfinished, "data");
  const made = runAs(
    user,
    [
      binaries.initdb,
      `--pgdata=${cluster}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      ...localeArguments(),
      "--no-instructions",
    ],
    layout.dataDir,
  );
  if (made.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`);
  }
  appendFileSync(join(cluster, "postgresql.conf"), `\ninclude_if_exists '${settingsFileName}'\n`);
  renameSync(passwordFile, layout.password);
  renameSync(cluster, layout.cluster);
  rmSync(unfinished, { recursive: true });
}

/** The built-in provider sorts and folds alike on every system; only the character classes come from its libc. */
function localeArguments(): string[] {
  if (process.platform === "win32") return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  if (process.platform === "darwin") {
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=en_US.UTF-8"];
  }
  return ["--locale-provider=builtin", "--locale=C.UTF-8"];
}

function assertSameMajorVersion(layout: ServerLayout, binaries: PostgresBinaries): void {
  const found = readFileSync(join(layout.cluster, "PG_VERSION"), "utf8").trim();
  if (found === binaries.majorVersion) return;
  throw new Error(
    `The data in ${layout.cluster} belong to PostgreSQL ${found}, and PostgreSQL ${binaries.majorVersion} is installed. ` +
      "Move them over with pg_upgrade or a dump, or remove the folder to start over.",
  );
}
