/** Sends webhooks as providers do: until they are answered with 2xx, more than once, and not always in order. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Faults } from "./faults.ts";

export interface OutgoingWebhook {
  readonly body: string;
  /** Made anew for each try: signatures hold the time. */
  readonly headers: () => Readonly<Record<string, string>>;
}

export interface WebhookSender {
  send(webhook: OutgoingWebhook): void;
  stop(): Promise<void>;
}

const firstRetryMs = 250;
const mostRetryMs = 30_000;
const lateMs = 400;
const answerWithinMs = 10_000;

export function createWebhookSender(url: string, faults: Faults): WebhookSender {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  async function deliver({ body, headers }: OutgoingWebhook, delayMs: number): Promise<void> {
    let wait = firstRetryMs;
    await pause(delayMs);
    while (!stopping.signal.aborted) {
      if (await post(body, headers())) return;
      await pause(wait);
      wait = Math.min(wait * 2, mostRetryMs);
    }
  }

  async function post(body: string, headers: Readonly<Record<string, string>>): Promise<boolean> {
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(answerWithinMs)]);
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

  function begin(webhook: OutgoingWebhook, delayMs: number): void {
    const delivery = deliver(webhook, delayMs).finally(() => underWay.delete(delivery));
    underWay.add(delivery);
  }

  return {
    send(webhook) {
      if (faults.strikes("lostWebhook")) return;
      const late = faults.strikes("reorder") ? lateMs : 0;
      begin(webhook, faults.settings.webhookDelayMs + late);
      if (faults.strikes("repeat")) {
        begin(webhook, faults.settings.webhookDelayMs);
        begin(webhook, faults.settings.webhookDelayMs + lateMs / 2);
      }
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}
