/** A call to Stripe: a form out, JSON back. What did not come back is `away`, and says nothing of what happened there. */
export interface StripeCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
}

export type StripeReply = { readonly status: number; readonly body: unknown } | { readonly away: string };

/** How long an answer is waited for before it counts as none, ms. */
const answerWithinMs = 8_000;
const apiVersion = "2025-06-30.basil";

export function createStripeClient(url: string, secretKey: string): (call: StripeCall) => Promise<StripeReply> {
  const base = url.replace(/\/$/, "");
  return async ({ method, path, form, idempotencyKey }) => {
    const words = new URLSearchParams(form);
    const query = method === "GET" && form !== undefined ? `?${words.toString()}` : "";
    try {
      const response = await fetch(`${base}${path}${query}`, {
        method,
        signal: AbortSignal.timeout(answerWithinMs),
        headers: {
          authorization: `Bearer ${secretKey}`,
          "stripe-version": apiVersion,
          ...(method === "POST" ? { "content-type": "application/x-www-form-urlencoded" } : {}),
          ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
        },
        ...(method === "POST" ? { body: words.toString() } : {}),
      });
      return { status: response.status, body: await response.json() };
    } catch (error) {
      return { away: error instanceof Error ? error.message : String(error) };
    }
  };
}
