/** A call to Stripe: a form out, JSON back. */
import { type Away, callProvider, type Reply } from "../call.ts";

export interface StripeCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
}

export interface StripeClient {
  /** Without a slash at its end. */
  readonly base: string;
  /** What every call proves itself with. */
  readonly headers: Readonly<Record<string, string>>;
  readonly send: (call: StripeCall) => Promise<Reply | Away>;
}

const apiVersion = "2025-06-30.basil";

export function createStripeClient(url: string, secretKey: string): StripeClient {
  const base = url.replace(/\/$/, "");
  const headers = { authorization: `Bearer ${secretKey}`, "stripe-version": apiVersion };
  return {
    base,
    headers,
    send: ({ method, path, form, idempotencyKey }) => {
      const words = new URLSearchParams(form);
      const query = method === "GET" && form !== undefined ? `?${words.toString()}` : "";
      return callProvider({
        url: `${base}${path}${query}`,
        method,
        headers: {
          ...headers,
          ...(method === "POST" ? { "content-type": "application/x-www-form-urlencoded" } : {}),
          ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
        },
        ...(method === "POST" ? { body: words.toString() } : {}),
      });
    },
  };
}
