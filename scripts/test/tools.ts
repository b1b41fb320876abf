/** The programs that npm can't bring: which of them the tests want, and how the system's packages are asked for them. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

interface Tool {
  readonly program: string;
  /** Where it may be beside the path. */
  readonly folders?: readonly string[];
  /** The Debian package that holds it. */
  readonly package: string;
  /** What is not tested without it. */
  readonly without: string;
}

const tools: readonly Tool[] = [
  { program: "chromium", package: "chromium", without: "the console in a browser" },
  {
    program: "nats-server",
    folders: ["/usr/sbin", "/usr/local/bin"],
    package: "nats-server",
    without: "the event bus over NATS JetStream",
  },
  {
    program: "redis-server",
    folders: ["/usr/sbin"],
    package: "redis-server",
    without: "rate limits that several engines count together in Redis",
  },
  {
    program: "pgbench",
    package: "postgresql-contrib",
    without: "the bench's comparison with pgbench",
  },
];

export function findMissingTools(path: string): readonly Tool[] {
  return tools.filter(({ program, folders = [] }) => {
    const candidates = [...path.split(delimiter), ...folders].map((folder) => join(folder, program));
    return !candidates.some(isExecutable);
  });
}

interface InstallRights {
  readonly isRoot: boolean;
  readonly isCi: boolean;
}

/** Asks apt-get for the tools where that is right: as root, or in CI by sudo. Says in a sentence what was done. */
export function installTools(
  missing: readonly Tool[],
  { isRoot, isCi }: InstallRights,
  env: NodeJS.ProcessEnv,
): string {
  const names = missing.map((tool) => tool.package);
  if (!isRoot && !isCi) return `to have them: sudo apt-get install ${names.join(" ")}`;
  const prefix = isRoot ? [] : ["sudo", "-n"];
  const options = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, stdio: ["ignore", "ignore", "pipe"] as const };
  for (const args of [
    ["update", "-qq"],
    ["install", "-qq", "-y", "--no-install-recommends", ...names],
  ]) {
    const [program = "", ...rest] = [...prefix, "apt-get", ...args];
    const { status, stderr, error } = spawnSync(program, rest, {
      ...options,
      stdio: [...options.stdio],
      encoding: "utf8",
    });
    if (status !== 0) {
      const reason = error?.message ?? stderr.trim().split("\n").at(-1) ?? "";
      return `apt-get ${args[0]} failed: ${reason}`;
    }
  }
  return `installed ${names.join(", ")} by apt-get`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
