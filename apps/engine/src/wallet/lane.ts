/**
 * A lane: one connection, one batch in flight. It has no timer: what arrives while a batch is away makes up the next
 * one, so an idle lane answers at once and a busy one commits hundreds together. Players hash to lanes; the row locks
 * would keep any other spread right as well.
 */
import type { Session } from "@pitboss/db/kernel/session";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { Failure } from "@pitboss/domain/kernel/result";
import type { Logger } from "../kernel/log.ts";
import { classifyDatabaseError } from "./database-error.ts";
import { keepConnected, type LaneConnection } from "./lane-connection.ts";
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
  readonly submit: (envelope: Envelope) => Promise<LaneAnswer>;
  /** Answers what is queued, then closes. */
  readonly stop: () => Promise<void>;
  readonly up: () => boolean;
}

interface Waiting {
  readonly envelope: Envelope;
  readonly answer: (answer: LaneAnswer) => void;
  attempts: number;
}

export function createLane(options: LaneOptions): Lane {
  let queue: Waiting[] = [];
  let busy = false;
  let scheduled = false;
  let stopping = false;
  let idle: (() => void) | undefined;

  const connection = keepConnected({
    name: options.name,
    open: options.open,
    log: options.log,
    onUp: () => schedule(),
    onLost: () => {
      const waiting = queue;
      queue = [];
      failAll(waiting, { code: "DATABASE_UNAVAILABLE" });
    },
  });
  const runner: Runner = {
    options,
    connection,
    requeue: (deferred) => {
      queue = [...deferred, ...queue];
    },
  };

  function schedule(): void {
    if (scheduled || busy || queue.length === 0 || connection.session() === undefined) return;
    scheduled = true;
    // Everything that this turn of the event loop has read from its sockets goes into one batch.
    setImmediate(() => {
      scheduled = false;
      const session = connection.session();
      if (!busy && session !== undefined && queue.length > 0) void drain(session);
    });
  }

  async function drain(session: Session): Promise<void> {
    busy = true;
    while (queue.length > 0 && connection.session() === session) {
      const batch = queue.length <= options.maxBatch ? queue : queue.slice(0, options.maxBatch);
      queue = queue.length <= options.maxBatch ? [] : queue.slice(options.maxBatch);
      await runWaiting(runner, session, batch, 0);
    }
    busy = false;
    if (queue.length === 0) idle?.();
    schedule();
  }

  return {
    up: () => connection.session() !== undefined,
    submit: (envelope) => {
      if (stopping) return failed("SHUTTING_DOWN");
      if (connection.session() === undefined) return failed("DATABASE_UNAVAILABLE");
      if (queue.length >= options.maxQueue) return failed("OVERLOADED");
      return new Promise((answer) => {
        queue.push({ envelope, answer, attempts: 0 });
        schedule();
      });
    },
    stop: async () => {
      stopping = true;
      if (busy || queue.length > 0) {
        await new Promise<void>((resolve) => {
          idle = resolve;
        });
      }
      await connection.stop();
    },
  };
}

/** How often a batch is decided again after a conflict before its commands are tried one by one. */
const maxConflicts = 3;
/** A command that was taken is tried this often in all, reconnects included. */
const maxAttempts = 8;
/** How long a batch whose commit is unknown waits for the database to come back, ms. */
const unknownPatienceMs = 2_000;
const rollback = { name: "rollback", text: "ROLLBACK" };

interface Runner {
  readonly options: LaneOptions;
  readonly connection: LaneConnection;
  readonly requeue: (deferred: readonly Waiting[]) => void;
}

/** Runs a batch until every command of it is answered or waits for the next one. */
async function runWaiting(runner: Runner, session: Session, batch: Waiting[], conflicts: number): Promise<void> {
  let writing = false;
  const started = performance.now();
  for (const waiting of batch) waiting.attempts += 1;
  try {
    const envelopes = batch.map(({ envelope }) => envelope);
    const ran = await runBatch(session, envelopes, {
      ...runner.options.batch,
      onWriting: () => {
        writing = true;
      },
    });
    runner.options.observe({ size: batch.length, ms: performance.now() - started });
    answerAll(runner, batch, ran);
  } catch (error) {
    await meetFailure(runner, session, batch, conflicts, writing, error);
  }
}

function answerAll(runner: Runner, batch: readonly Waiting[], ran: readonly Ran[]): void {
  const deferred: Waiting[] = [];
  for (const [index, waiting] of batch.entries()) {
    const result = ran[index];
    if (result === undefined) throw new Error("every command of a batch has an outcome");
    if (result.outcome.kind === "deferred") deferred.push(waiting);
    else waiting.answer({ kind: "ran", ran: result });
  }
  if (deferred.length > 0) runner.requeue(deferred);
}

async function meetFailure(
  runner: Runner,
  session: Session,
  batch: Waiting[],
  conflicts: number,
  writing: boolean,
  error: unknown,
): Promise<void> {
  const { connection } = runner;
  const { log, name } = runner.options;
  const kind = connection.session() === session ? classifyDatabaseError(error) : "lost";
  if (kind === "lost") {
    connection.lose(session, error);
    // Nothing that could commit was sent: the commands can be refused. Otherwise only the ledger knows, and the batch
    // is run again when the database is back: what was committed is found by its request id.
    if (writing) await retryUnknown(runner, batch);
    else failAll(batch, { code: "DATABASE_UNAVAILABLE" });
    return;
  }
  await session.run(rollback).catch(() => undefined);
  if (kind === "conflict" && conflicts < maxConflicts) {
    await runWaiting(runner, session, batch, conflicts + 1);
    return;
  }
  const [only] = batch;
  if (batch.length === 1 && only !== undefined) {
    log.error({ err: error, lane: name, command: only.envelope.command.type }, "a command failed in the door");
    only.answer({ kind: "failed", failure: { code: kind === "conflict" ? "OVERLOADED" : "INTERNAL" } });
    return;
  }
  // One command of the batch is the cause: halve until it stands alone, so that it alone is refused.
  log.warn({ err: error, lane: name, size: batch.length }, "a batch failed and is tried in halves");
  const half = Math.ceil(batch.length / 2);
  for (const part of [batch.slice(0, half), batch.slice(half)]) {
    if (connection.session() === session) await runWaiting(runner, session, part, 0);
    else failAll(part, { code: "DATABASE_UNAVAILABLE" });
  }
}

async function retryUnknown(runner: Runner, batch: Waiting[]): Promise<void> {
  const unknown: Failure = { code: "OUTCOME_UNKNOWN" };
  const again = batch.filter(({ attempts }) => attempts < maxAttempts);
  failAll(
    batch.filter(({ attempts }) => attempts >= maxAttempts),
    unknown,
  );
  if (again.length === 0) return;
  const session = await runner.connection.whenUp(unknownPatienceMs);
  if (session === undefined) failAll(again, unknown);
  else await runWaiting(runner, session, again, 0);
}

function failAll(batch: readonly Waiting[], failure: Failure): void {
  for (const { answer } of batch) answer({ kind: "failed", failure });
}

function failed(code: Failure["code"]): Promise<LaneAnswer> {
  return Promise.resolve({ kind: "failed", failure: { code } });
}
