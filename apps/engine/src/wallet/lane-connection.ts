/** Keeps one session open: when it is lost another one is opened, again and again, until the lane stops. */
import type { Session } from "@pitboss/db/kernel/session";
import type { Logger } from "../kernel/log.ts";

export interface LaneConnectionOptions {
  readonly name: string;
  readonly open: (onLost: (error: Error) => void) => Promise<Session>;
  readonly onUp: () => void;
  readonly onLost: () => void;
  readonly log: Logger;
}

export interface LaneConnection {
  readonly session: () => Session | undefined;
  /** The session is broken; told by whoever notices first, heard once. */
  readonly lose: (session: Session, error: unknown) => void;
  /** The session once there is one, or undefined after that time. */
  readonly whenUp: (patienceMs: number) => Promise<Session | undefined>;
  readonly stop: () => Promise<void>;
}

const reconnectMs = { first: 20, most: 1_000 };

export function keepConnected(options: LaneConnectionOptions): LaneConnection {
  const { name, log } = options;
  let session: Session | undefined;
  let stopping = false;
  // A connection takes a while, and the lane may have stopped when it is there.
  const isStopping = (): boolean => stopping;
  let connecting: Promise<void> = connect();

  async function connect(): Promise<void> {
    for (let wait = reconnectMs.first; !stopping; wait = Math.min(wait * 2, reconnectMs.most)) {
      try {
        const opened = await openWhole();
        if (isStopping()) {
          await opened.close();
          return;
        }
        session = opened;
        options.onUp();
        return;
      } catch (error) {
        log.debug({ err: error, lane: name }, "the lane could not connect yet");
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  /** Throws where the server said its farewell in the same breath as its welcome, before there was a session to lose. */
  async function openWhole(): Promise<Session> {
    const trial: { session?: Session; broken?: Error } = {};
    trial.session = await options.open((error) => {
      if (trial.session === undefined) trial.broken = error;
      else lose(trial.session, error);
    });
    if (trial.broken !== undefined) throw trial.broken;
    return trial.session;
  }

  function lose(lost: Session, error: unknown): void {
    if (session !== lost) return;
    session = undefined;
    log.warn({ err: error, lane: name }, "the lane lost its connection");
    lost.client.end().catch(() => undefined);
    options.onLost();
    if (!stopping) connecting = connect();
  }

  return {
    session: () => session,
    lose,
    whenUp: async (patienceMs) => {
      await Promise.race([connecting, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
      return session;
    },
    stop: async () => {
      stopping = true;
      const last = session;
      session = undefined;
      await last?.close();
    },
  };
}
