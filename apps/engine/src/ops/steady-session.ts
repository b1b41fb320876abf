/** A database session that is opened when it is needed, and opened anew after it was lost. */
import { openSession, type Session } from "@pitboss/db/kernel/session";
import { classifyDatabaseError } from "../wallet/database-error.ts";

export interface SteadySession {
  /** One user at a time: the work may hold a transaction. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface SteadySessionOptions {
  readonly databaseUrl: string;
  readonly applicationName: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Look-ups by key with arrays of any size: one plan that was made for them, whatever the statistics say. */
const readerSettings = {
  enable_seqscan: "off",
  enable_mergejoin: "off",
  enable_hashjoin: "off",
  plan_cache_mode: "force_generic_plan",
  jit: "off",
  max_parallel_workers_per_gather: "0",
  lock_timeout: "3s",
  statement_timeout: "30s",
  idle_in_transaction_session_timeout: "30s",
};

export function createSteadySession(options: SteadySessionOptions): SteadySession {
  let session: Session | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function open(): Promise<Session> {
    // The server may say its farewell in the same breath as its welcome, before there is a session to lose.
    const trial: { session?: Session; broken?: Error } = {};
    trial.session = await openSession({
      url: options.databaseUrl,
      applicationName: options.applicationName,
      settings: { ...readerSettings, ...options.settings },
      onLost: (error) => {
        trial.broken = error;
        if (session === trial.session) session = undefined;
      },
    });
    if (trial.broken !== undefined) throw trial.broken;
    session = trial.session;
    return session;
  }

  async function run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const current = session ?? (await open());
    try {
      return await work(current);
    } catch (error) {
      if (classifyDatabaseError(error) === "lost") {
        if (session === current) session = undefined;
        current.close().catch(() => undefined);
      } else {
        // The work may have left a transaction open, which would fail whatever comes after it.
        await current.run({ name: "rollback", text: "ROLLBACK" }).catch(() => undefined);
      }
      throw error;
    }
  }

  return {
    use(work) {
      const turn = last.then(() => run(work));
      last = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await last;
      await session?.close();
      session = undefined;
    },
  };
}
