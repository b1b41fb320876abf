/** What the verification vendor sent, as it came; dead letters are processed again, each with its row in the audit log. */
import {
  countDeadKycWebhooks,
  findKycWebhook,
  type KycWebhook,
  type KycWebhookState,
  kycWebhookStates,
  listKycWebhooks as listRecords,
  reviveKycWebhook,
} from "@pitboss/db/compliance/kyc-webhook-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../../edge/trpc/page.ts";
import { type Look, planned } from "../../../edge/trpc/plan.ts";
import { createCaller, procedure, router, staffProcedure } from "../../../edge/trpc/procedure.ts";

export interface KycWebhookRow {
  readonly webhookId: string;
  readonly type: string | null;
  readonly state: KycWebhookState;
  /** What came of it, or why nothing did. */
  readonly outcome: string | null;
  readonly receivedAt: string;
  readonly doneAt: string | null;
  /** When it is tried next, where it waits. */
  readonly dueAt: string | null;
  readonly attempts: number;
  readonly deliveries: number;
}

export interface KycWebhookPage extends Page<KycWebhookRow> {
  /** How many dead letters there are in all. */
  readonly dead: number;
}

export const listKycWebhooks = procedure("kyc.read")
  .input(z.object({ state: z.enum(kycWebhookStates).nullish(), ...pageInput }))
  .query(async ({ ctx, input }): Promise<KycWebhookPage> => {
    const rows = await listRecords(ctx.deps.db, {
      state: input.state ?? undefined,
      before: readCursor("kycWebhook", input.cursor),
      limit: input.limit + 1,
    });
    const page = pageOf(rows, input.limit, present, ({ id }) => formatId("kycWebhook", id));
    return { ...page, dead: await countDeadKycWebhooks(ctx.deps.db) };
  });

export interface KycWebhookDetail extends KycWebhookRow {
  readonly headers: JsonObject;
  /** The body as text; what is not UTF-8 shows as replacement characters. */
  readonly body: string;
}

/** With its body, in which the vendor may have written what it thinks of a player. */
export const showKycWebhook = procedure("kyc.decide")
  .input(z.object({ webhookId: idInput("kycWebhook") }))
  .query(async ({ ctx, input }): Promise<KycWebhookDetail> => {
    const found = (await findKycWebhook(ctx.deps.db, input.webhookId)) ?? throwFailure({ code: "WEBHOOK_NOT_FOUND" });
    return { ...present(found), headers: found.headers, body: found.body.toString("utf8") };
  });

export const replayKycWebhook = staffProcedure("kyc.decide")
  .input(z.object({ webhookId: idInput("kycWebhook"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly webhookId: string; readonly state: KycWebhookState }> => {
    const { deps, acting } = ctx;
    const webhookId = formatId("kycWebhook", input.webhookId);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!(await reviveKycWebhook(tx, input.webhookId, new Date(deps.clock.now())))) {
          const { code, detail } = whyNot(await findKycWebhook(tx, input.webhookId));
          return err(code, detail);
        }
        note({
          action: "kyc.replayWebhook",
          subject: { kind: "kycWebhook", id: webhookId },
          reason: input.reason,
          before: { state: "DEAD" },
          after: { state: "STORED" },
        });
        return ok({ webhookId, state: "STORED" });
      }),
    );
  });

const callerOf = createCaller(router({ replayKycWebhook }));

const planReplay = planned({
  action: "kyc.replayWebhook",
  permission: "kyc.decide",
  params: z.object({}),
  look: async ({ deps }, targets): Promise<Look[]> => {
    const looks: Look[] = [];
    for (const id of targets) {
      const number = parseId("kycWebhook", id);
      const found = number === undefined ? undefined : await findKycWebhook(deps.db, number);
      if (found === undefined || found.state !== "DEAD" || found.eventKey === null) {
        looks.push({ id, failure: whyNot(found) });
        continue;
      }
      const what = `Process ${found.type ?? "it"} again (${found.outcome ?? "no outcome"})`;
      looks.push({ id, what, before: { state: found.state, outcome: found.outcome }, after: { state: "STORED" } });
    }
    return looks;
  },
  apply: async ({ trpc }, id, _params, reason): Promise<JsonObject> => ({
    ...(await callerOf(trpc).replayKycWebhook({ webhookId: id, reason })),
  }),
});

export const planKycWebhooks = { kycWebhookReplay: planReplay };

function whyNot(found: KycWebhook | undefined): Failure<"WEBHOOK_NOT_FOUND" | "NOTHING_CHANGES"> {
  if (found === undefined) return { code: "WEBHOOK_NOT_FOUND" };
  const unread = found.state === "DEAD" && found.eventKey === null;
  return {
    code: "NOTHING_CHANGES",
    detail: unread ? "What can't be read can't be processed." : `It is ${found.state}.`,
  };
}

function present(webhook: KycWebhook): KycWebhookRow {
  const { id, type, state, outcome, receivedAt, doneAt, dueAt, attempts, deliveries } = webhook;
  return {
    webhookId: formatId("kycWebhook", id),
    type,
    state,
    outcome,
    receivedAt: receivedAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    attempts,
    deliveries,
  };
}
