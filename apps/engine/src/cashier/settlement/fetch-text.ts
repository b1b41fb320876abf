/** A file from a provider or a bank, as text. */
import type { Asked } from "../psp/psp.ts";

/** Reports of a busy day are some hundred megabytes. */
const withinMs = 120_000;

export async function fetchText(url: string, headers: Readonly<Record<string, string>>): Promise<Asked<string>> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(withinMs) });
    const text = await response.text();
    if (response.ok) return { kind: "answered", value: text };
    return response.status === 404
      ? { kind: "refused", why: "There is no such file." }
      : { kind: "unanswered", why: `It answered ${response.status}.` };
  } catch (error) {
    return { kind: "unanswered", why: error instanceof Error ? error.message : String(error) };
  }
}
