import {
  countDeadWebhooks,
  findWebhook,
  listWebhooks as listRecords,
  type WebhookRecord,
  type WebhookState,
} from "@pitboss/db/cashier/webhook-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";

export interface WebhookRow {
  readonly webhookId: string;
  readonly psp: string;
  /** The provider's own id; null on what is not the provider's, or can't be read. */
  readonly eventId: string | null;
  readonly type: string | null;
  readonly state: WebhookState;
  /** What came of it, or why nothing did. */
  readonly outcome: string | null;
  readonly depositId: string | null;
  readonly payoutId: string | null;
  readonly receivedAt: string;
  readonly doneAt: string | null;
  /** When it is tried next, where it waits. */
  readonly dueAt: string | null;
  readonly attempts: number;
  readonly deliveries: number;
}

export interface WebhookPage extends Page<WebhookRow> {
  /** How many dead letters there are in all. */
  readonly dead: number;
}

/** What providers sent, newest first. */
export const listWebhooks = procedure("webhook.read")
  .input(
    z.object({
      ...pageInput,
      state: z.enum(["STORED", "DONE", "DEAD", "FORGED"]).nullish(),
      psp: z.string().max(40).nullish(),
      type: z.string().max(120).nullish(),
      depositId: idInput("deposit").nullish(),
      payoutId: idInput("payout").nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<WebhookPage> => {
    const { db } = ctx.deps;
    const rows = await listRecords(db, {
      states: input.state == null ? undefined : [input.state],
      psp: input.psp ?? undefined,
      type: input.type ?? undefined,
      depositId: input.depositId ?? undefined,
      payoutId: input.payoutId ?? undefined,
      before: readCursor("webhook", input.cursor),
      limit: input.limit + 1,
    });
    const page = pageOf(rows, input.limit, presentWebhook, ({ id }) => formatId("webhook", id));
    return { ...page, dead: await countDeadWebhooks(db) };
  });

export interface WebhookDetail extends WebhookRow {
  readonly headers: JsonObject;
  /** The body as text; what is not UTF-8 shows as replacement characters. */
  readonly body: string;
  readonly bytes: number;
}

/** One webhook with its body, as it came. */
export const showWebhook = procedure("webhook.read")
  .input(z.object({ webhookId: idInput("webhook") }))
  .query(async ({ ctx, input }): Promise<WebhookDetail> => {
    const found = (await findWebhook(ctx.deps.db, input.webhookId)) ?? throwFailure({ code: "WEBHOOK_NOT_FOUND" });
    return {
      ...presentWebhook(found),
      headers: found.headers,
      body: found.body.toString("utf8"),
      bytes: found.body.length,
    };
  });

export function presentWebhook(webhook: WebhookRecord): WebhookRow {
  return {
    webhookId: formatId("webhook", webhook.id),
    psp: webhook.psp,
    eventId: webhook.eventId,
    type: webhook.type,
    state: webhook.state,
    outcome: webhook.outcome,
    depositId: webhook.depositId === null ? null : formatId("deposit", webhook.depositId),
    payoutId: webhook.payoutId === null ? null : formatId("payout", webhook.payoutId),
    receivedAt: webhook.receivedAt.toISOString(),
    doneAt: webhook.doneAt?.toISOString() ?? null,
    dueAt: webhook.dueAt?.toISOString() ?? null,
    attempts: webhook.attempts,
    deliveries: webhook.deliveries,
  };
}
