import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { answerOfferedTerminal, findOfferedTerminal } from "../sign-in/terminals.ts";

const userCode = z.string().min(8).max(20);

export interface WaitingTerminal {
  readonly userCode: string;
  /** What the terminal says of itself, and from where it asks. */
  readonly client: string;
  readonly ip: string | null;
  readonly askedAt: string;
  readonly expiresAt: string;
}

/** The terminal that shows this code, to be looked at before it is let in. */
export const showTerminal = staffProcedure("account.own")
  .input(z.object({ userCode }))
  .query(async ({ ctx, input }): Promise<WaitingTerminal> => {
    const found = orThrow(await findOfferedTerminal(ctx.deps, input.userCode));
    return {
      userCode: found.userCode,
      client: found.client,
      ip: found.ip,
      askedAt: found.createdAt.toISOString(),
      expiresAt: found.expiresAt.toISOString(),
    };
  });

/** Lets the terminal in as oneself, or turns it away. */
export const answerTerminal = staffProcedure("account.secure")
  .input(z.object({ userCode, letIn: z.boolean() }))
  .mutation(async ({ ctx, input }): Promise<{ readonly letIn: boolean }> => {
    const { deps, staff, acting } = ctx;
    const terminal = orThrow(await findOfferedTerminal(deps, input.userCode));
    const answer = input.letIn ? { approvedBy: staff.staffId } : "denied";
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!(await answerOfferedTerminal(tx, input.userCode, answer, new Date(deps.clock.now()))))
          return err("RECORD_NOT_FOUND");
        note({
          action: input.letIn ? "terminal.let-in" : "terminal.turn-away",
          subject: { kind: "staff", id: formatId("staff", staff.staffId) },
          after: { client: terminal.client, ip: terminal.ip },
        });
        return ok({ letIn: input.letIn });
      }),
    );
  });
