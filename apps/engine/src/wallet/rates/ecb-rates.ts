/** The European Central Bank's daily reference rates over HTTP. */
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { parseEcbDaily } from "@pitboss/domain/wallet/exchange-ecb";
import type { RateSource } from "./rate-source.ts";

/**
 * Rates come on working days around 16:00 CET and count from 00:00 UTC of their day. The longest gap of the bank's
 * calendar is Easter: Thursday's rates are the newest until Tuesday afternoon, 5.7 days.
 */
const ageMaxMs = 6 * 24 * 3_600_000;
const refreshEveryMs = 4 * 3_600_000;
/** The document has about 2 KB. */
const bodyMaxBytes = 64 * 1024;

export function createEcbRates(url: string, timeoutMs = 10_000): RateSource {
  return {
    name: url,
    remote: { tableSource: "ECB" },
    ageMaxMs,
    refreshEveryMs,
    async read(signal) {
      // The limit covers the body too: a server that sends a byte a second is as good as silent.
      const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      try {
        const response = await fetch(url, { signal: limited, headers: { accept: "application/xml, text/xml" } });
        if (!response.ok) {
          await response.body?.cancel();
          return err("RATES_UNAVAILABLE", `${url} answered ${response.status}.`);
        }
        const text = await readText(response);
        return text.ok ? parseEcbDaily(text.value) : text;
      } catch (error) {
        return err("RATES_UNAVAILABLE", `${url} can't be read: ${describe(error)}`);
      }
    },
  };
}

async function readText(response: Response): Promise<Result<string>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (size > bodyMaxBytes) return err("RATES_UNAVAILABLE", "The document is longer than any table of rates.");
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks).toString("utf8"));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
