/** Sends commands as a network does: twice, late, without waiting for the answer, again. Keeps the first answer of each. */
import { isDeepStrictEqual } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { addressOf } from "./faults.ts";
import type { Reply } from "./http-client.ts";
import type { Random } from "./random.ts";
import type { Op } from "./script.ts";
import type { World } from "./world.ts";

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Post {
  /** The final answers so far, by the number of the command. */
  readonly answers: ReadonlyMap<number, Answer>;
  /** What is wrong with the answers that came; empty where all is well. */
  readonly complaints: readonly string[];
  /** How often no final answer came, by why. */
  readonly retries: ReadonlyMap<string, number>;
  deliver(op: Op, random: Random): Promise<void>;
  /** The same request id with another body. */
  misuse(op: Op, random: Random): Promise<void>;
}

export function openPost(world: World): Post {
  const answers = new Map<number, Answer>();
  const complaints: string[] = [];
  const retries = new Map<string, number>();
  const token = world.casino.operatorKey;

  function keep(op: Op, reply: Reply): void {
    const body = (reply.body ?? {}) as Record<string, unknown>;
    if (reply.status !== 200 && body["retry"] !== false) {
      const why = typeof body["code"] === "string" ? body["code"] : `status ${reply.status}`;
      retries.set(why, (retries.get(why) ?? 0) + 1);
      if (body["code"] === undefined)
        complaints.push(`${op.path} ${op.number}: no problem but ${reply.text.slice(0, 200)}`);
      if (body["code"] === "INTERNAL") complaints.push(`${op.path} ${op.number}: ${reply.text}`);
      return;
    }
    const answer = { status: reply.status, body };
    const first = answers.get(op.number);
    if (first === undefined) answers.set(op.number, answer);
    else if (!isDeepStrictEqual(withoutTombstoneTrace(first), withoutTombstoneTrace(answer))) {
      complaints.push(`${op.path} ${op.number} was answered ${JSON.stringify(first)}, then ${JSON.stringify(answer)}`);
    }
  }

  async function once(op: Op, engine: number, body: unknown, hangUpAfterMs?: number): Promise<Reply | undefined> {
    try {
      const hangUp = hangUpAfterMs === undefined ? {} : { hangUpAfterMs };
      return await world.api.send(addressOf(world.engines, engine), { path: op.path, token, body, ...hangUp });
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/[\d.:]+$/, "").trim() : "?";
      retries.set(why, (retries.get(why) ?? 0) + 1);
      return undefined;
    }
  }

  async function send(op: Op, engine: number, hangUpAfterMs?: number): Promise<void> {
    const reply = await once(op, engine, op.body, hangUpAfterMs);
    if (reply !== undefined) keep(op, reply);
  }

  return {
    answers,
    complaints,
    retries,
    deliver: async (op, random) => {
      const engine = random.int(0, world.engines.length - 1);
      const manner = random.int(1, 10);
      const lateMs = random.int(0, 40);
      if (manner === 1) await sleep(lateMs);
      if (manner === 2) await Promise.all([send(op, engine), send(op, engine)]);
      else if (manner === 3) await Promise.all([send(op, engine), send(op, engine + 1)]);
      else await send(op, engine, manner === 4 ? lateMs : undefined);
      // A client that got no answer asks again, at whichever engine.
      for (let attempt = 1; attempt <= 2 && !answers.has(op.number); attempt += 1) {
        await sleep(20 * attempt);
        await send(op, engine + attempt);
      }
    },
    misuse: async (op, random) => {
      if (answers.get(op.number)?.status !== 200) return;
      const reply = await once(op, random.int(0, 1), { ...op.body, ...otherMeaning(op) });
      if (reply === undefined || reply.status >= 500) return;
      const code = (reply.body as Record<string, unknown> | undefined)?.["code"];
      if (reply.status !== 409 || code !== "REQUEST_REUSED") {
        complaints.push(`${op.path} ${op.number} with another body was answered ${reply.text}`);
      }
    },
  };
}

/** A bet behind its rollback is refused anew each time, so that its refusals have traces of their own. */
function withoutTombstoneTrace({ status, body }: Answer): Answer {
  return body["code"] === "BET_ROLLED_BACK" ? { status, body: { ...body, traceId: "" } } : { status, body };
}

function otherMeaning(op: Op): Record<string, unknown> {
  switch (op.kind) {
    case "place":
      return { stake: { amount: "0.11", currency: "EUR" } };
    case "settle":
      return { roundId: "another" };
    case "void":
    case "correct":
      return { reason: "another" };
    case "rollback":
      return { placeRequestId: "another" };
  }
}
