/**
 * The engine's public API as simulated play uses it. Every request carries its own id, so a request whose answer did not
 * come is simply sent again, until the engine is back or the play is to stop.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Logger } from "../../kernel/log.ts";
import type { Chance } from "./chance.ts";

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface ApiCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly token: string;
  readonly body?: unknown;
}

export interface ApiClient {
  /** The answer, whatever it says; undefined where the play was stopped while none came. */
  send(call: ApiCall): Promise<ApiAnswer | undefined>;
  /** One try, for the last moments: undefined where no answer that counts came within the time. */
  sendOnce(call: ApiCall, timeoutMs: number): Promise<ApiAnswer | undefined>;
  /** False while the engine does not answer; nothing new should be begun then. */
  up(): boolean;
}

const answerWithinMs = 10_000;
const backoffMs = { first: 200, most: 10_000 };
const problemForm = z.object({ code: z.string(), retry: z.boolean() });

export interface ApiClientOptions {
  readonly url: string;
  readonly chance: Chance;
  readonly log: Logger;
  /** No new try is made after this; one that is under way may still be answered. */
  readonly signal: AbortSignal;
  /** Told when the key that everything is done with is no longer taken. */
  readonly onKeyRefused: () => void;
  readonly operatorKey: string;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, chance, log, signal, operatorKey, onKeyRefused } = options;
  let up = true;
  const stopped = (): boolean => signal.aborted;

  async function attempt(call: ApiCall, limit: AbortSignal): Promise<ApiAnswer | undefined> {
    try {
      const response = await fetch(url + call.path, {
        method: call.method,
        signal: limit,
        headers: {
          authorization: `Bearer ${call.token}`,
          ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
      const text = await response.text();
      const body: unknown = text === "" ? null : JSON.parse(text);
      return isPassing(response.status) ? undefined : { status: response.status, body };
    } catch {
      // Refused, cut off, too slow, or half an answer: in each case whether it happened is asked again.
      return undefined;
    }
  }

  return {
    up: () => up,
    sendOnce: (call, timeoutMs) => attempt(call, AbortSignal.timeout(timeoutMs)),
    async send(call) {
      for (let wait = backoffMs.first; !stopped(); wait = Math.min(wait * 2, backoffMs.most)) {
        const answer = await attempt(call, AbortSignal.timeout(answerWithinMs));
        if (answer !== undefined) {
          if (answer.status === 401 && call.token === operatorKey) onKeyRefused();
          if (!up) log.info("the engine answers again");
          up = true;
          return answer;
        }
        if (up && !stopped()) log.warn({ path: call.path }, "the engine does not answer; waiting for it");
        up = false;
        // Spread, so that all who wait do not come back in the same instant.
        const spread = chance.between(Math.floor(wait / 2), wait);
        await sleep(spread, undefined, { signal }).catch(() => undefined);
      }
      return undefined;
    },
  };
}

/** The code of a problem, or undefined where the request was answered well. */
export function problemCode(answer: ApiAnswer): string | undefined {
  if (answer.status < 400) return undefined;
  return problemForm.safeParse(answer.body).data?.code ?? `HTTP_${answer.status}`;
}

/** Troubles that pass by themselves. A refusal by a rule may be retriable too, but it is an answer. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 429;
}
