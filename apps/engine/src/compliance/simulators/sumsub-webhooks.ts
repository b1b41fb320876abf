/** Webhooks as the vendor sends them: tried again after 5 minutes, 1, 5 and 18 hours, more than once, not always in order. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { digestOf } from "../kyc/vendor/sumsub/sumsub-signature.ts";
import type { Faults } from "../../cashier/simulators/faults.ts";

const minuteMs = 60_000;
/** https://docs.sumsub.com/docs/webhooks: after the fourth it is given up. */
const retryWaitsMs = [5 * minuteMs, 60 * minuteMs, 300 * minuteMs, 1_080 * minuteMs] as const;
const lateMs = 400;
const answerWithinMs = 10_000;

export interface VendorWebhooks {
  send(event: object): void;
  stop(): Promise<void>;
}

export function createVendorWebhooks(
  url: string,
  secret: string,
  faults: Faults,
  /** How many times faster than in the world its clock for retries runs. */
  speed: number,
): VendorWebhooks {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  async function deliver(body: string, delayMs: number): Promise<void> {
    await pause(delayMs);
    for (const wait of [...retryWaitsMs.map((ms) => ms / speed), undefined]) {
      if (stopping.signal.aborted || (await post(body)) || wait === undefined) return;
      await pause(wait);
    }
  }

  async function post(body: string): Promise<boolean> {
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(answerWithinMs)]);
      const headers = {
        "content-type": "application/json",
        "x-payload-digest": digestOf(Buffer.from(body), secret),
        "x-payload-digest-alg": "HMAC_SHA256_HEX",
        "x-correlation-id": randomUUID(),
      };
      const response = await fetch(url, { method: "POST", body, headers, signal });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  async function pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  function begin(body: string, delayMs: number): void {
    const delivery = deliver(body, delayMs).finally(() => underWay.delete(delivery));
    underWay.add(delivery);
  }

  return {
    send(event) {
      if (faults.strikes("lostWebhook")) return;
      const body = JSON.stringify(event);
      const { webhookDelayMs } = faults.settings;
      begin(body, webhookDelayMs + (faults.strikes("reorder") ? lateMs : 0));
      if (!faults.strikes("repeat")) return;
      begin(body, webhookDelayMs);
      begin(body, webhookDelayMs + lateMs / 2);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}
