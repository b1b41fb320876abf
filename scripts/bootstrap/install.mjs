import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const nodeMajorMin = 20;

/** @param {string} root the checkout */
export function pinnedNode(root) {
  return join(root, "node_modules", ...(process.platform === "win32" ? ["node", "bin", "node.exe"] : [".bin", "node"]));
}

/**
 * Installs the dependencies unless those that the lock file names are there. Ends the process with a sentence on failure.
 *
 * @param {string} root the checkout
 */
export async function ensureInstalled(root) {
  if (Number.parseInt(process.versions.node, 10) < nodeMajorMin) {
    fail(`Pitboss needs Node ${nodeMajorMin} or newer to install itself; this is Node ${process.versions.node}.`);
  }
  if (isInstalled(root)) return;
  const release = await takeInstallLock(root);
  try {
    // Whoever held the lock may have installed everything meanwhile.
    if (!isInstalled(root)) await install(root);
  } finally {
    release();
  }
}

/**
 * True where node_modules holds what the lock file names, for this platform, and the pinned Node runs.
 *
 * @param {string} root
 */
function isInstalled(root) {
  if (!runs(pinnedNode(root))) return false;
  const wanted = describeWanted(root);
  if (readText(stampPath(root)) === wanted) return true;
  if (!isInstalledByHand(root)) return false;
  writeStamp(root, wanted);
  return true;
}

/**
 * npm leaves a copy of the lock file in node_modules. When it agrees with ours, someone ran npm by hand, and installing
 * again would pull the modules away from under whatever that person has running.
 *
 * @param {string} root
 */
function isInstalledByHand(root) {
  const wanted = readPackages(join(root, "package-lock.json"));
  const found = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined || found === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, link, optional, peer }]) =>
      !path.includes("node_modules/") ||
      // A workspace has no version to compare, but one that is new needs its link.
      (link ? existsSync(join(root, path)) : optional || peer || found[path]?.version === version),
  );
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, link?: boolean, optional?: boolean, peer?: boolean }> | undefined}
 */
function readPackages(path) {
  const text = readText(path);
  return text === undefined ? undefined : JSON.parse(text).packages;
}

/** @param {string} root */
async function install(root) {
  const startedAt = Date.now();
  console.log("Installing what the lock file names (npm ci); this takes a minute or two the first time …");
  rmSync(stampPath(root), { force: true });
  // Development and optional packages are what is run and tested here, whatever the environment says of production.
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn("npm", args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: pathWithoutOurs() },
    shell: process.platform === "win32",
  });
  const heartbeat = setInterval(() => {
    console.log(`  … still installing, ${seconds(startedAt)}`);
  }, 20_000);
  /** @type {unknown} */
  const outcome = await new Promise((resolve) => child.on("exit", resolve).on("error", resolve));
  clearInterval(heartbeat);
  if (outcome !== 0) fail("npm ci failed; what it said stands above.");
  if (!runs(pinnedNode(root))) {
    fail("npm ci went through, but the Node that it should bring does not run here. Are install scripts switched off?");
  }
  writeStamp(root, describeWanted(root));
  console.log(`  installed in ${seconds(startedAt)}`);
}

/** npm must not run on the Node inside node_modules, which it is about to remove. */
function pathWithoutOurs() {
  const path = process.env["PATH"] ?? "";
  return path
    .split(delimiter)
    .filter((folder) => !/node_modules[\\/][.]bin[\\/]?$/.test(folder))
    .join(delimiter);
}

/**
 * @param {string} root
 * @returns {Promise<() => void>}
 */
async function takeInstallLock(root) {
  const path = join(root, ".pitboss", "install.pid");
  mkdirSync(join(root, ".pitboss"), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => {
        rmSync(path, { force: true });
      };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const holder = Number(readText(path));
    if (!isAlive(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!waited) console.log(`Waiting for another command that installs (pid ${holder}) …`);
    await sleep(500);
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {string} root */
function describeWanted(root) {
  const lock = readFileSync(join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch}\n`;
}

/** @param {string} root */
function stampPath(root) {
  return join(root, ".pitboss", "installed");
}

/**
 * @param {string} root
 * @param {string} text
 */
function writeStamp(root, text) {
  mkdirSync(join(root, ".pitboss"), { recursive: true });
  writeFileSync(stampPath(root), text);
}

/** @param {string} program */
function runs(program) {
  return spawnSync(program, ["--version"]).status === 0;
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** @param {number} startedAt */
function seconds(startedAt) {
  return `${Math.round((Date.now() - startedAt) / 1000)} s`;
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(`✗ ${sentence}`);
  process.exit(1);
}
