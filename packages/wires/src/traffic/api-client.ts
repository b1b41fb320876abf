/**
 * A house as simulated traffic reaches it: its public API, and the wires of its providers. Every request carries its own id,
 * so a request whose answer did not come is simply sent again, until the house is back or the traffic is to stop.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { SentWire } from "../wire-of.ts";
import type { Chance } from "./chance.ts";

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** An answer, how long the house took over it, and how often it had to be asked. */
export interface TimedAnswer extends ApiAnswer {
  readonly ms: number;
  readonly tries: number;
}

export interface ApiCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly token: string;
  readonly body?: unknown;
}

export interface ApiClient {
  /** The answer, whatever it says; undefined where the traffic was stopped while none came. */
  send(call: ApiCall): Promise<TimedAnswer | undefined>;
  /** A provider's call, byte for byte as its dialect made it. */
  sendWire(provider: string, wire: SentWire): Promise<TimedAnswer | undefined>;
  /** One try, for the last moments: undefined where no answer that counts came within the time. */
  sendOnce(call: ApiCall, timeoutMs: number): Promise<ApiAnswer | undefined>;
  /** False while the house does not answer; nothing new should be begun then. */
  up(): boolean;
}

/** What the traffic tells about the house that it reaches. */
export interface ApiLog {
  info(text: string): void;
  warn(data: { readonly path: string }, text: string): void;
}

const answerWithinMs = 10_000;
const backoffMs = { first: 200, most: 10_000 };
const problemForm = z.object({ code: z.string(), retry: z.boolean() });

export interface ApiClientOptions {
  readonly url: string;
  readonly chance: Chance;
  readonly log: ApiLog;
  /** No new try is made after this; one that is under way may still be answered. */
  readonly signal: AbortSignal;
  /** The same for providers' calls, where rounds that were begun are to be brought to their end; else `signal`. */
  readonly wireSignal?: AbortSignal;
  /** Told when the key that everything is done with is no longer taken. */
  readonly onKeyRefused: () => void;
  readonly operatorKey: string;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, chance, log, signal, wireSignal = signal, operatorKey, onKeyRefused } = options;
  let up = true;

  async function attempt(path: string, init: RequestInit, limit: AbortSignal): Promise<ApiAnswer | undefined> {
    try {
      const response = await fetch(url + path, { ...init, signal: limit });
      const text = await response.text();
      const body: unknown = text === "" ? null : JSON.parse(text);
      return isPassing(response.status) ? undefined : { status: response.status, body };
    } catch {
      // Refused, cut off, too slow, or half an answer: in each case whether it happened is asked again.
      return undefined;
    }
  }

  async function insist(path: string, init: RequestInit, until: AbortSignal): Promise<TimedAnswer | undefined> {
    const stopped = (): boolean => until.aborted;
    let tries = 0;
    for (let wait = backoffMs.first; !stopped(); wait = Math.min(wait * 2, backoffMs.most)) {
      const begun = performance.now();
      const answer = await attempt(path, init, AbortSignal.timeout(answerWithinMs));
      tries += 1;
      if (answer !== undefined) {
        if (!up) log.info("the engine answers again");
        up = true;
        return { ...answer, ms: performance.now() - begun, tries };
      }
      if (up && !stopped()) log.warn({ path: path.replace(/\?.*/, "") }, "the engine does not answer; waiting for it");
      up = false;
      // Spread, so that all who wait do not come back in the same instant.
      const spread = chance.between(Math.floor(wait / 2), wait);
      await sleep(spread, undefined, { signal: until }).catch(() => undefined);
    }
    return undefined;
  }

  return {
    up: () => up,
    sendOnce: (call, timeoutMs) => attempt(call.path, initOf(call), AbortSignal.timeout(timeoutMs)),
    async send(call) {
      const answer = await insist(call.path, initOf(call), signal);
      if (answer?.status === 401 && call.token === operatorKey) onKeyRefused();
      return answer;
    },
    sendWire: (provider, { path, headers, body }) =>
      insist(`/v1/providers/${provider}/${path}`, { method: "POST", headers, body }, wireSignal),
  };
}

function initOf({ method, token, body }: ApiCall): RequestInit {
  return {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
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
