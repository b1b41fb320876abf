/** Dead letters are processed again: planned, with a reason, each with its row in the audit log. */
import { findWebhook, reviveWebhook } from "@pitboss/db/cashier/webhook-store";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

/** Puts a dead letter back into the queue; what it brings about is written where it happens. */
export const replayWebhook = staffProcedure("webhook.replay")
  .input(z.object({ webhookId: idInput("webhook"), reason: reasonInput }))
  .mutation(async ({ ctx, input }) => {
    const { deps, acting } = ctx;
    const webhookId = formatId("webhook", input.webhookId);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const revived = await reviveWebhook(tx, input.webhookId, new Date(deps.clock.now()));
        if (!revived) {
          const found = await findWebhook(tx, input.webhookId);
          return found === undefined ? err("WEBHOOK_NOT_FOUND") : err("NOTHING_CHANGES", notDead(found.state));
        }
        note({
          action: "webhook.replay",
          subject: { kind: "webhook", id: webhookId },
          reason: input.reason,
          before: { state: "DEAD" },
          after: { state: "STORED" },
        });
        return ok({ webhookId, state: "STORED" });
      }),
    );
  });

const callerOf = createCaller(router({ replayWebhook }));

const planReplayWebhooks = planned({
  action: "webhook.replay",
  permission: "webhook.replay",
  params: z.object({}),
  look: ({ deps }, targets) => lookAtEach(deps, targets),
  apply: ({ trpc }, id, _params, reason) => callerOf(trpc).replayWebhook({ webhookId: id, reason }),
});

export const planWebhooks = { webhookReplay: planReplayWebhooks };

async function lookAtEach({ db }: StaffDeps, targets: readonly string[]): Promise<Look[]> {
  const looks: Look[] = [];
  for (const id of targets) {
    const number = parseId("webhook", id);
    const found = number === undefined ? undefined : await findWebhook(db, number);
    if (found === undefined) looks.push({ id, failure: { code: "WEBHOOK_NOT_FOUND" } });
    else if (found.state !== "DEAD" || found.eventId === null) {
      looks.push({ id, failure: { code: "NOTHING_CHANGES", detail: notDead(found.state) } });
    } else {
      looks.push({
        id,
        what: `Process ${found.type ?? "it"} of ${found.psp} again (${found.outcome ?? "no outcome"})`,
        before: { state: found.state, outcome: found.outcome },
        after: { state: "STORED" },
      });
    }
  }
  return looks;
}

function notDead(state: string): string {
  return state === "DEAD" ? "What can't be read can't be processed." : `It is ${state}.`;
}
