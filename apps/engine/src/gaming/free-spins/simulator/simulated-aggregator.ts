/**
 * A SOFTSWISS aggregator's free spins as a server: it issues and cancels them, has players play them, and calls the house
 * about how they go until it is answered, as the public document has it.
 */
import { createHmac } from "node:crypto";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { z } from "zod";
import { sameSecret } from "../../dialects/kit/same-secret.ts";
import {
  aboutRequest,
  type Issue,
  issueRequest,
  openIssueBook,
  type SimulatedGame,
  type Verdict,
  verdict,
} from "./issue-book.ts";

const share = z.number().min(0).max(1);

/** How it misbehaves; each share is of calls. */
export const aggregatorFaults = z.strictObject({
  answerDelayMs: z.int().min(0).max(600_000).default(0),
  /** Answers 500 and does nothing. */
  fail: share.default(0),
  /** Does it, and the line breaks before it has answered. */
  lostAnswer: share.default(0),
  /** Refuses every issue and cancellation with this number; null where it decides by itself. */
  refuse: z.int().min(100).max(999).nullable().default(null),
  /** How long its studio takes to know of an issue; before that it can't be cancelled. */
  syncMs: z.int().min(0).max(600_000).default(0),
});
export type AggregatorFaults = z.infer<typeof aggregatorFaults>;

export interface AggregatorOptions {
  readonly port: number;
  readonly secret: string;
  readonly casinoId: string;
  readonly games: readonly SimulatedGame[];
  /** Where the house takes the calls of this provider. */
  readonly houseUrl: string;
  readonly journal: string;
  readonly faults?: Partial<AggregatorFaults>;
  /** How often somebody plays a little, ms; 0 is never. */
  readonly playEveryMs?: number;
}

const callAgainMs = 1_000;

export async function startSimulatedAggregator(options: AggregatorOptions) {
  let faults = aggregatorFaults.parse(options.faults ?? {});
  let games = options.games;
  const book = openIssueBook(options.journal, options.casinoId, () => faults.syncMs);
  const strikes = (name: "fail" | "lostAnswer"): boolean => Math.random() < faults[name];
  const signOf = (raw: Buffer | string): string => createHmac("sha256", options.secret).update(raw).digest("hex");
  const server = Fastify({ forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  async function serve<T>(request: FastifyRequest, reply: FastifyReply, schema: z.ZodType<T>, act: (body: T) => Acted) {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const sign = request.headers["x-request-sign"];
    if (typeof sign !== "string" || !sameSecret(sign, signOf(raw))) return refuse(reply, verdict(403));
    if (strikes("fail")) return refuse(reply, verdict(500));
    const body = schema.safeParse(readJson(raw));
    if (!body.success) return refuse(reply, verdict(400));
    const acted = act(body.data);
    await sleep(faults.answerDelayMs);
    if (strikes("lostAnswer")) {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    return "code" in acted && acted.code !== null ? refuse(reply, acted) : reply.code(200).send(acted.body ?? "");
  }

  const forced = (): Verdict | undefined => (faults.refuse === null ? undefined : verdict(faults.refuse));
  server.post("/freespins/issue", (request, reply) =>
    serve(request, reply, issueRequest, (body) => forced() ?? book.issue(body, games, Date.now())),
  );
  server.post("/freespins/cancel", (request, reply) =>
    serve(request, reply, aboutRequest, ({ issue_id }) => forced() ?? book.cancel(issue_id, Date.now())),
  );
  server.post("/freespins/status", (request, reply) =>
    serve(request, reply, aboutRequest, ({ issue_id }) => {
      const issue = book.find(issue_id);
      if (issue === undefined) return verdict(610);
      return { code: null, body: { issue_id, status: issue.status, total_amount: issue.total } };
    }),
  );

  /** The house's answer, or undefined where there was none; what was acknowledged is not said again. */
  async function tell(issue: Issue): Promise<{ readonly status: number; readonly body: unknown } | undefined> {
    const { request, status, total } = issue;
    const { user, currency, issue_id } = request;
    const body = JSON.stringify({ issue_id, user_id: user.id, currency, status, total_amount: total });
    try {
      const answer = await fetch(`${options.houseUrl}/freespins`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-request-sign": signOf(body) },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      const said = readJson(Buffer.from(await answer.text()));
      if (answer.status === 200) book.keep({ ...(book.find(issue_id) ?? issue), told: status });
      return { status: answer.status, body: said };
    } catch {
      return undefined;
    }
  }

  function control(body: unknown): Issue {
    const { issueId } = z.object({ issueId: z.string() }).loose().parse(body);
    const issue = book.find(issueId);
    if (issue === undefined) throw new Error("there is no such issue");
    return issue;
  }

  const bodyOf = (request: FastifyRequest): unknown => readJson(request.body as Buffer);
  // What a test or a person sets and reads; a real provider has none of it.
  server.get("/_simulator/faults", () => faults);
  server.put("/_simulator/faults", (request) => (faults = aggregatorFaults.parse(bodyOf(request))));
  server.get("/_simulator/issues", () => book.all());
  server.put("/_simulator/games", (request) => (games = bodyOf(request) as SimulatedGame[]));
  server.post("/_simulator/play", (request) => {
    const body = bodyOf(request);
    const { total, status } = z
      .object({ total: z.int().min(0), status: z.enum(["active", "played", "expired", "canceled"]) })
      .parse(body);
    const issue: Issue = { ...control(body), status, total };
    book.keep(issue);
    return tell(issue);
  });

  async function turn(): Promise<void> {
    book.expireAll(Date.now());
    if (options.playEveryMs !== undefined && options.playEveryMs > 0) playSomewhere();
    for (const issue of book.all().filter(({ status, told }) => status !== told)) await tell(issue);
  }
  function playSomewhere(): void {
    const open = book.all().filter(({ status }) => status === "issued" || status === "active");
    const issue = open[Math.floor(Math.random() * open.length)];
    if (issue === undefined) return;
    if (issue.status === "issued") book.keep({ ...issue, status: "active" });
    else if (Math.random() < 0.5) book.keep({ ...issue, total: issue.total + Math.floor(Math.random() * 120) });
    else book.keep({ ...issue, status: "played" });
  }

  let working: Promise<void> | undefined;
  const everyMs = options.playEveryMs === undefined || options.playEveryMs === 0 ? callAgainMs : options.playEveryMs;
  const timer = setInterval(() => {
    working ??= turn().finally(() => (working = undefined));
  }, everyMs).unref();
  await server.listen({ host: "127.0.0.1", port: options.port });
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await working;
      await server.close();
      book.end();
    },
  };
}

type Acted = Verdict & { readonly body?: object };

function refuse(reply: FastifyReply, acted: Verdict): FastifyReply {
  if (acted.code === null) throw new Error("a refusal has a number");
  const { code, message } = acted;
  // What the game shows to its player is 412, what is of the issue is 400, the rest is as HTTP has it.
  return reply.code(code < 400 ? 412 : code < 600 ? code : 400).send({ code, message });
}

function readJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}
