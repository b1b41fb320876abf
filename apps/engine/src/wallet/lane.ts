/**
 * A lane: one connection, one batch in flight. It has no timer: what arrives while a batch is away makes up the next
 * one, so an idle lane answers at once and a busy one commits hundreds together. Players hash to lanes; the row locks
 * would keep any other spread right as well.
 */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { Session } from "@pitboss/db/kernel/session";
import type { Failure } from "@pitboss/domain/kernel/result";
import type { Logger } from "../kernel/log.ts";
import { classifyDatabaseError } from "./database-error.ts";
import { type BatchContext, type Ran, runBatch } from "./run-batch.ts";

export type LaneAnswer =
  | { readonly kind: "ran"; readonly ran: Ran }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface LaneOptions {
  readonly name: string;
  readonly open: (onLost: (error: Error) => void) => Promise<Session>;
  readonly batch: Omit<BatchContext, "onWriting">;
  readonly maxBatch: number;
  readonly maxQueue: number;
  readonly log: Logger;
  readonly observe: (batch: { size: number; ms: number }) => void;
}

export interface Lane {
  submit(envelope: Envelope): Promise<LaneAnswer>;
  /** Answers what is queued, then closes. */
  stop(): Promise<void>;
  readonly up: () => boolean;
}

interface Waiting {
  readonly envelope: Envelope;
  readonly answer: (answer: LaneAnswer) => void;
  attempts: number;
}

/** How often a batch is decided again after a conflict before its commands are tried one by one. */
const maxConflicts = 3;
/** A command that was taken is tried this often in all, reconnects included. */
const maxAttempts = 8;
/** How long a batch whose commit is unknown waits for the database to come back, ms. */
const unknownPatienceMs = 2_000;
const reconnectMs = { first: 20, most: 1_000 };

export function createLane(options: LaneOptions): Lane {
  const { log } = options;
  let queue: Waiting[] = [];
  let session: Session | undefined;
  let busy = false;
  let scheduled = false;
  let stopping = false;
  let connecting: Promise<void> | undefined;
  let idle: (() => void) | undefined;

  function schedule(): void {
    if (scheduled || busy || session === undefined || queue.length === 0) return;
    scheduled = true;
    // Everything that this turn of the event loop has read from its sockets goes into one batch.
    setImmediate(() => {
      scheduled = false;
      if (!busy && session !== undefined && queue.length > 0) void drain(session);
    });
  }

  async function drain(current: Session): Promise<void> {
    busy = true;
    while (queue.length > 0 && session === current) {
      const batch = queue.length <= options.maxBatch ? queue : queue.slice(0, options.maxBatch);
      queue = queue.length <= options.maxBatch ? [] : queue.slice(options.maxBatch);
      await runWaiting(current, batch, 0);
    }
    busy = false;
    if (queue.length === 0) idle?.();
    schedule();
  }

  async function runWaiting(current: Session, batch: Waiting[], conflicts: number): Promise<void> {
    let writing = false;
    const started = performance.now();
    for (const waiting of batch) waiting.attempts += 1;
    try {
      const ran = await runBatch(
        current,
        batch.map(({ envelope }) => envelope),
        { ...options.batch, onWriting: () => void (writing = true) },
      );
      options.observe({ size: batch.length, ms: performance.now() - started });
      answerAll(batch, ran);
    } catch (error) {
      await meetFailure(current, batch, conflicts, writing, error);
    }
  }

  function answerAll(batch: readonly Waiting[], ran: readonly Ran[]): void {
    const deferred: Waiting[] = [];
    for (const [index, waiting] of batch.entries()) {
      const result = ran[index];
      if (result === undefined) throw new Error("every command of a batch has an outcome");
      if (result.outcome.kind === "deferred") deferred.push(waiting);
      else waiting.answer({ kind: "ran", ran: result });
    }
    if (deferred.length > 0) queue = [...deferred, ...queue];
  }

  async function meetFailure(
    current: Session,
    batch: Waiting[],
    conflicts: number,
    writing: boolean,
    error: unknown,
  ): Promise<void> {
    const kind = session === current ? classifyDatabaseError(error) : "lost";
    if (kind === "lost") {
      lose(current, error);
      // Nothing that could commit was sent: the commands can be refused. Otherwise only the ledger knows, and the
      // batch is run again when the database is back: what was committed is found by its request id.
      if (writing && !stopping) await retryUnknown(batch);
      else failAll(batch, { code: "DATABASE_UNAVAILABLE" });
      return;
    }
    await current.run({ name: "rollback", text: "ROLLBACK" }).catch(() => undefined);
    if (kind === "conflict" && conflicts < maxConflicts) {
      await runWaiting(current, batch, conflicts + 1);
      return;
    }
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      log.error(
        { err: error, lane: options.name, command: only.envelope.command.type },
        "a command failed in the door",
      );
      only.answer({ kind: "failed", failure: { code: kind === "conflict" ? "OVERLOADED" : "INTERNAL" } });
      return;
    }
    // One command of the batch is the cause: halve until it stands alone, so that it alone is refused.
    log.warn({ err: error, lane: options.name, size: batch.length }, "a batch failed and is tried in halves");
    const half = Math.ceil(batch.length / 2);
    for (const part of [batch.slice(0, half), batch.slice(half)]) {
      if (session === current) await runWaiting(current, part, 0);
      else failAll(part, { code: "DATABASE_UNAVAILABLE" });
    }
  }

  async function retryUnknown(batch: Waiting[]): Promise<void> {
    const tired = batch.filter(({ attempts }) => attempts >= maxAttempts);
    const again = batch.filter(({ attempts }) => attempts < maxAttempts);
    failAll(tired, { code: "OUTCOME_UNKNOWN" });
    if (again.length === 0) return;
    await Promise.race([connecting, new Promise((resolve) => setTimeout(resolve, unknownPatienceMs).unref())]);
    if (session === undefined) failAll(again, { code: "OUTCOME_UNKNOWN" });
    else await runWaiting(session, again, 0);
  }

  function lose(current: Session, error: unknown): void {
    if (session !== current) return;
    session = undefined;
    log.warn({ err: error, lane: options.name }, "the lane lost its connection");
    const waiting = queue;
    queue = [];
    failAll(waiting, { code: "DATABASE_UNAVAILABLE" });
    current.client.end().catch(() => undefined);
    if (!stopping) connect();
  }

  function connect(): void {
    connecting = (async () => {
      for (let wait = reconnectMs.first; !stopping; wait = Math.min(wait * 2, reconnectMs.most)) {
        try {
          const opened: Session = await options.open((error) => lose(opened, error));
          session = opened;
          schedule();
          return;
        } catch (error) {
          log.debug({ err: error, lane: options.name }, "the lane could not connect yet");
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
      }
    })();
  }

  connect();
  return {
    up: () => session !== undefined,
    submit(envelope) {
      if (stopping) return failed("SHUTTING_DOWN");
      if (session === undefined) return failed("DATABASE_UNAVAILABLE");
      if (queue.length >= options.maxQueue) return failed("OVERLOADED");
      return new Promise((answer) => {
        queue.push({ envelope, answer, attempts: 0 });
        schedule();
      });
    },
    async stop() {
      stopping = true;
      if (busy || queue.length > 0) await new Promise<void>((resolve) => void (idle = resolve));
      await session?.close();
      session = undefined;
    },
  };
}

function failAll(batch: readonly Waiting[], failure: Failure): void {
  for (const { answer } of batch) answer({ kind: "failed", failure });
}

function failed(code: Failure["code"]): Promise<LaneAnswer> {
  return Promise.resolve({ kind: "failed", failure: { code } });
}
