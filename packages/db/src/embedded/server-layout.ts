import { join } from "node:path";

/** Where the parts of one embedded server lie. Everything is inside `dataDir`, so removing it removes the server. */
export interface ServerLayout {
  readonly dataDir: string;
  /** What PostgreSQL calls its data directory. */
  readonly cluster: string;
  /** The unix socket's directory; undefined where the path is too long for a socket or the system has none. */
  readonly socketDir: string | undefined;
  readonly log: string;
  readonly password: string;
  /** One file for each process that uses the server. */
  readonly holders: string;
  readonly lock: string;
}

export function layOutServer(dataDir: string): ServerLayout {
  const socketDir = join(dataDir, "socket");
  return {
    dataDir,
    cluster: join(dataDir, "cluster"),
    socketDir: canHoldSocket(socketDir) ? socketDir : undefined,
    log: join(dataDir, "postgres.log"),
    password: join(dataDir, "password"),
    holders: join(dataDir, "holders"),
    lock: join(dataDir, "supervisor.lock"),
  };
}

function canHoldSocket(directory: string): boolean {
  if (process.platform === "win32") return false;
  // sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included.
  const lengthMax = process.platform === "linux" ? 107 : 103;
  return Buffer.byteLength(join(directory, ".s.PGSQL.65535")) <= lengthMax;
}
