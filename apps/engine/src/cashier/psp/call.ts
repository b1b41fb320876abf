/** One HTTP call to a provider. What went wrong before a byte could leave is told apart from what may have arrived. */
import type { Asked, DisputeEvidence } from "./psp.ts";

export interface Call {
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
}

/** One file as providers take it, with what it is for. */
export function uploadForm({ name, mediaType, bytes }: DisputeEvidence["files"][number], purpose: string): FormData {
  const form = new FormData();
  form.set("purpose", purpose);
  form.set("file", new File([new Uint8Array(bytes)], name, { type: mediaType }));
  return form;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}
/** No answer; `sent` is false where no connection came about, so that the provider can't have seen the call. */
export interface Away {
  readonly away: string;
  readonly sent: boolean;
}

/** How long an answer is waited for before it counts as none, ms. */
const answerWithinMs = 8_000;

const neverLeft = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

export function callProvider(call: Call): Promise<Reply | Away> {
  return callFor(call, (text) => (text === "" ? undefined : (JSON.parse(text) as unknown)));
}

/** The same for whoever does not answer in JSON: the body is the text as it came. */
export function callForText(call: Call): Promise<{ readonly status: number; readonly body: string } | Away> {
  return callFor(call, (text) => text);
}

async function callFor<T>(
  { url, method, headers, body }: Call,
  read: (text: string) => T,
): Promise<{ readonly status: number; readonly body: T } | Away> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const response = await fetch(url, { method, signal, headers, ...(body === undefined ? {} : { body }) });
    return { status: response.status, body: read(await response.text()) };
  } catch (error) {
    return { away: error instanceof Error ? error.message : String(error), sent: !surelyUnsent(error) };
  }
}

/** Whether an error of `fetch` says that no connection came about. */
function surelyUnsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && neverLeft.has(error.code)) return true;
  return surelyUnsent(error.cause);
}

export function noAnswer({ away, sent }: Away): Extract<Asked<never>, { kind: "unanswered" | "unsent" }> {
  return { kind: sent ? "unanswered" : "unsent", why: away };
}
