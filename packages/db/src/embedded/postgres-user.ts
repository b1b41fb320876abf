import { type ChildProcess, type SpawnSyncReturns, type StdioOptions, spawn, spawnSync } from "node:child_process";
import { chownSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * As whom the server's programs run. PostgreSQL refuses to run as root, so root has two ways: a user namespace in
 * which root is called nobody (no account and no change of owner needed), or, where the machine closes user
 * namespaces, a real change to an account without rights that then owns the data.
 */
export type PostgresUser =
  | { readonly kind: "self" }
  | { readonly kind: "namespace" }
  | { readonly kind: "dropped"; readonly uid: number; readonly gid: number };

const unshare = ["unshare", "--user", "--map-user=65534", "--map-group=65534"] as const;

export function choosePostgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return { kind: "self" };
  const [program, ...rest] = unshare;
  if (spawnSync(program, [...rest, "true"]).status === 0) return { kind: "namespace" };
  return { kind: "dropped", ...findUnprivilegedAccount() };
}

export function spawnAs(
  user: PostgresUser,
  command: readonly string[],
  options: { readonly cwd: string; readonly stdio: StdioOptions; readonly detached: boolean },
): ChildProcess {
  const { program, rest, account } = wrapCommand(user, command);
  return spawn(program, rest, { ...options, ...account });
}

export function runAs(user: PostgresUser, command: readonly string[], cwd: string): SpawnSyncReturns<string> {
  const { program, rest, account } = wrapCommand(user, command);
  return spawnSync(program, rest, { cwd, encoding: "utf8", ...account });
}

function wrapCommand(user: PostgresUser, command: readonly string[]) {
  // unshare replaces itself by the program, so the child's pid is the server's own in each case.
  const [program = "", ...rest] = user.kind === "namespace" ? [...unshare, ...command] : command;
  return { program, rest, account: user.kind === "dropped" ? { uid: user.uid, gid: user.gid } : {} };
}

/**
 * Gives a file or folder, with all that is in it, to the account that the server runs as. Only root can need this;
 * a cluster may have been made under the other of root's two ways.
 */
export function giveTo(user: PostgresUser, path: string): void {
  if (process.getuid?.() !== 0) return;
  const owner = user.kind === "dropped" ? user : { uid: 0, gid: 0 };
  const stat = lstatSync(path);
  if (stat.uid !== owner.uid || stat.gid !== owner.gid) {
    chownSync(path, owner.uid, owner.gid);
    if (stat.isDirectory()) for (const name of readdirSync(path)) giveTo(user, join(path, name));
  }
}

/** Throws a sentence where an account without rights can't reach a folder, as below a closed /root. */
export function assertReachable(user: PostgresUser, folder: string): void {
  if (user.kind !== "dropped") return;
  if (runAs(user, ["/bin/sh", "-c", 'test -x "$0"', folder], "/").status === 0) return;
  throw new Error(
    `PostgreSQL must not run as root, and user namespaces are closed on this machine, so it runs as uid ${user.uid}, ` +
      `which cannot reach ${folder}. Move the checkout out of root's home, run as another user, or name a PostgreSQL ` +
      "of your own in DATABASE_URL.",
  );
}

function findUnprivilegedAccount(): { uid: number; gid: number } {
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const account = accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody");
  const [uid, gid] = [Number(account?.[2]), Number(account?.[3])];
  return Number.isInteger(uid) && uid > 0 && Number.isInteger(gid) ? { uid, gid } : { uid: 65534, gid: 65534 };
}
