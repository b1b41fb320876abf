/**
 * A game provider that keeps a wallet of its own, as a server: it opens sessions, takes and gives money, and lets players
 * win and lose there. What it did is kept in a journal, so that it outlives the process as a real provider's does.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  closeRequest,
  openRequest,
  queryRequest,
  type TransferRequest,
  transferRequest,
} from "@pitboss/domain/gaming/game-bank/bank-protocol";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { z } from "zod";
import { isWebhookSigned } from "../../dialects/kit/webhook-signature.ts";

const share = z.number().min(0).max(1);

/** How it misbehaves; each share is of calls. */
export const bankFaults = z.strictObject({
  answerDelayMs: z.int().min(0).max(600_000).default(0),
  /** Answers 500 and does nothing. */
  fail: share.default(0),
  /** Does it, and the line breaks before it has answered. */
  lostAnswer: share.default(0),
  /** Does it after having answered that it is still at it. */
  pending: share.default(0),
  /** Refuses transfers. */
  refuse: share.default(0),
});
export type BankFaults = z.infer<typeof bankFaults>;

export interface SimulatedBankOptions {
  readonly port: number;
  /** Base64, as the house keeps it. */
  readonly secret: string;
  readonly journal: string;
  readonly faults?: Partial<BankFaults>;
  /** How often somebody in it plays a round, ms; 0 is never. */
  readonly playEveryMs?: number;
}

export interface SimulatedBank {
  readonly url: string;
  stop(): Promise<void>;
}

interface Session {
  readonly id: string;
  readonly playerId: string;
  readonly currency: Currency;
  open: boolean;
  balance: bigint;
}

type Answer = { readonly status: "DONE"; readonly currency: string; readonly amount: string } | Refused;
interface Refused {
  readonly status: "REFUSED";
  readonly code: string;
  readonly message: string;
}
interface Done {
  readonly sessionId: string;
  readonly answer: Answer;
}

type Line =
  | {
      readonly kind: "session";
      readonly id: string;
      readonly playerId: string;
      readonly currency: Currency;
      readonly open: boolean;
    }
  | { readonly kind: "transfer"; readonly id: string; readonly done: Done; readonly balance: string }
  | { readonly kind: "play"; readonly sessionId: string; readonly balance: string };

export async function startSimulatedBank(options: SimulatedBankOptions): Promise<SimulatedBank> {
  const books = openBooks(options.journal);
  let faults = bankFaults.parse(options.faults ?? {});
  const strikes = (name: "fail" | "lostAnswer" | "pending" | "refuse"): boolean => Math.random() < faults[name];
  const server = Fastify({ forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  async function serve<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    schema: z.ZodType<T>,
    act: (body: T) => object,
  ) {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const at = { nowMs: Date.now(), toleranceMs: 300_000 };
    if (!isWebhookSigned(raw, request.headers, Buffer.from(options.secret), at)) {
      return reply.code(401).send({ status: "UNSIGNED" });
    }
    if (strikes("fail")) return reply.code(500).send({ status: "FAILED" });
    const body = schema.safeParse(JSON.parse(raw.toString("utf8")));
    if (!body.success) return reply.code(400).send({ status: "UNREADABLE" });
    const answer = act(body.data);
    await sleep(faults.answerDelayMs);
    if (strikes("lostAnswer")) {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    return reply.code("status" in answer && answer.status === "REFUSED" ? 422 : 200).send(answer);
  }

  server.post("/sessions/open", (request, reply) =>
    serve(request, reply, openRequest, ({ sessionId, playerId, currency, gameId }) => {
      const session = books.open(sessionId, playerId, currency);
      if (session === undefined) return refused("CURRENCY", "There is no such currency here.");
      const launchUrl = `${base(server.server.address())}/play/${gameId}?session=${sessionId}`;
      return { status: "OK", launchUrl, balance: formatMinor(session.balance, session.currency) };
    }),
  );
  server.post("/transfers", (request, reply) =>
    serve(request, reply, transferRequest, (wanted) => {
      const answer = books.transfer(wanted, strikes("refuse"));
      return strikes("pending") ? { status: "PENDING", transferId: wanted.transferId } : answer;
    }),
  );
  server.post("/transfers/query", (request, reply) =>
    serve(request, reply, queryRequest, ({ transferId }) => books.report(transferId)),
  );
  server.post("/sessions/close", (request, reply) =>
    serve(request, reply, closeRequest, ({ sessionId }) => books.close(sessionId)),
  );
  registerControls(
    server,
    books,
    () => faults,
    (next) => (faults = next),
  );
  const playing =
    options.playEveryMs === undefined || options.playEveryMs === 0
      ? undefined
      : setInterval(() => books.playSomewhere(), options.playEveryMs).unref();
  await server.listen({ host: "127.0.0.1", port: options.port });
  return {
    url: base(server.server.address()),
    stop: async () => {
      clearInterval(playing);
      await server.close();
      books.end();
    },
  };
}

/** What a test or a person sets and reads; a real provider has none of it. */
function registerControls(
  server: FastifyInstance,
  books: Books,
  read: () => BankFaults,
  write: (faults: BankFaults) => void,
): void {
  const bodyOf = (request: FastifyRequest): unknown => JSON.parse((request.body as Buffer).toString("utf8"));
  server.get("/_simulator/faults", () => read());
  server.put("/_simulator/faults", (request) => {
    write(bankFaults.parse(bodyOf(request)));
    return read();
  });
  server.get("/_simulator/sessions", () => books.all());
  server.post("/_simulator/play", (request) => {
    const { sessionId, change } = z.object({ sessionId: z.string(), change: z.string() }).parse(bodyOf(request));
    return { balance: books.play(sessionId, change) };
  });
}

type Books = ReturnType<typeof openBooks>;

function openBooks(path: string) {
  const sessions = new Map<string, Session>();
  const transfers = new Map<string, Done>();
  mkdirSync(dirname(path), { recursive: true });
  const written = existsSync(path) ? readFileSync(path, "utf8") : "";
  for (const text of written.split("\n")) {
    const line = readLine(text);
    if (line !== undefined) apply(line);
  }
  const file = openSync(path, "a");
  if (written !== "" && !written.endsWith("\n")) writeSync(file, "\n");

  function apply(line: Line): void {
    if (line.kind === "session") {
      const { id, playerId, currency, open } = line;
      const known = sessions.get(id);
      if (known === undefined) sessions.set(id, { id, playerId, currency, open, balance: 0n });
      else known.open = open;
      return;
    }
    if (line.kind === "transfer") transfers.set(line.id, line.done);
    const session = sessions.get(line.kind === "transfer" ? line.done.sessionId : line.sessionId);
    if (session !== undefined) session.balance = BigInt(line.balance);
  }
  /** On the disk before it is answered. */
  function keep(line: Line): void {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
    apply(line);
  }

  function report(transferId: string): object {
    const done = transfers.get(transferId);
    if (done === undefined) return { status: "NOT_FOUND", transferId };
    if (done.answer.status === "REFUSED") return done.answer;
    const session = sessions.get(done.sessionId);
    const balance = session === undefined ? "0" : formatMinor(session.balance, session.currency);
    return { ...done.answer, transferId, balance };
  }
  function playIn(session: Session, change: bigint): void {
    const balance = session.balance + change < 0n ? 0n : session.balance + change;
    keep({ kind: "play", sessionId: session.id, balance: balance.toString() });
  }

  return {
    report,
    open(id: string, playerId: string, currency: string): Session | undefined {
      if (!isCurrency(currency)) return undefined;
      keep({ kind: "session", id, playerId, currency, open: true });
      return sessions.get(id);
    },
    /** The same transfer gets the same answer for ever. */
    transfer(wanted: TransferRequest, refuses: boolean): object {
      const { transferId, sessionId } = wanted;
      if (!transfers.has(transferId)) {
        const session = sessions.get(sessionId);
        const decided = refuses ? refused("LIMIT", "Not now.") : decide(session, wanted);
        const balance = "after" in decided ? decided.after : (session?.balance ?? 0n);
        const answer = "after" in decided ? decided.answer : decided;
        keep({ kind: "transfer", id: transferId, done: { sessionId, answer }, balance: balance.toString() });
      }
      return report(transferId);
    },
    close(id: string): object {
      const session = sessions.get(id);
      if (session === undefined) return refused("SESSION", "There is no such session.");
      const { playerId, currency, balance } = session;
      if (balance === 0n) keep({ kind: "session", id, playerId, currency, open: false });
      return { status: "OK", balance: formatMinor(balance, currency) };
    },
    play(sessionId: string, change: string): string {
      const session = sessions.get(sessionId);
      const lost = change.startsWith("-");
      const amount = session && parseAmount(lost ? change.slice(1) : change, session.currency);
      if (session === undefined || amount?.ok !== true) throw new Error("there is nothing to play with");
      playIn(session, lost ? -amount.value : amount.value);
      return formatMinor(session.balance, session.currency);
    },
    /** A round of somebody: mostly lost, sometimes won, at a little less than fair. */
    playSomewhere(): void {
      const busy = [...sessions.values()].filter(({ open, balance }) => open && balance > 0n);
      const session = busy[Math.floor(Math.random() * busy.length)];
      if (session === undefined) return;
      const stake = session.balance / 10n === 0n ? session.balance : session.balance / 10n;
      playIn(session, Math.random() < 0.24 ? stake * 3n : -stake);
    },
    all: () =>
      [...sessions.values()].map(({ id, playerId, currency, open, balance }) => ({
        id,
        playerId,
        currency,
        open,
        balance: formatMinor(balance, currency),
      })),
    end: () => closeSync(file),
  };
}

/** A line that a kill has cut off was not answered either. */
function readLine(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

function decide(
  session: Session | undefined,
  { direction, currency, amount: text }: TransferRequest,
): Refused | { readonly after: bigint; readonly answer: Answer } {
  if (session === undefined || !session.open) return refused("SESSION", "The session is not open.");
  if (currency !== session.currency) return refused("CURRENCY", "The session is in another currency.");
  const parsed = text === null ? undefined : parseAmount(text, session.currency);
  if (parsed !== undefined && !parsed.ok) return refused("AMOUNT", "The amount can't be read.");
  const amount = parsed?.value ?? session.balance;
  if (direction === "OUT" && amount > session.balance) return refused("FUNDS", "There is less than that.");
  const after = direction === "IN" ? session.balance + amount : session.balance - amount;
  return { after, answer: { status: "DONE", currency, amount: formatMinor(amount, session.currency) } };
}

function refused(code: string, message: string): Refused {
  return { status: "REFUSED", code, message };
}

function base(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string") throw new Error("the server listens on a port");
  return `http://127.0.0.1:${address.port}`;
}
