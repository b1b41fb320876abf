import { type Closing, listClosings, listRevisions } from "@pitboss/db/reporting/closings-store";
import type { TieLine } from "@pitboss/domain/reporting/tie-out";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { type Freshness, readFreshness } from "../figures/freshness.ts";
import { answered } from "../store/answered.ts";
import { closeDay, sortedLines } from "./close-day.ts";

const dayInput = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export interface TiedOutLine {
  readonly line: TieLine;
  readonly currency: Currency;
  readonly ledger: string;
  readonly facts: string;
  /** Facts less ledger; zero where they tie. */
  readonly off: string;
}

export interface TiedOutDay {
  /** UTC. */
  readonly day: string;
  readonly status: "TIED" | "OFF";
  /** Above 1 where late events restated it. */
  readonly revision: number;
  readonly closedAt: string;
  readonly actor: string;
  readonly reason: string;
  readonly lines: readonly TiedOutLine[];
}

export interface DaysAnswer extends Page<TiedOutDay> {
  readonly freshness: Freshness;
}

/** Closed days, newest first, each as it was last compared with the ledger. */
export const listDays = procedure("report.read")
  .input(z.object(pageInput))
  .query(async ({ ctx, input }): Promise<DaysAnswer> => {
    const before = input.cursor ?? undefined;
    if (before !== undefined && !dayInput.safeParse(before).success) throwFailure({ code: "CURSOR_INVALID" });
    const rows = await listClosings(ctx.deps.db, { before, limit: input.limit + 1 });
    const page = rows.slice(0, input.limit);
    return {
      rows: page.map(presentDay),
      next: rows.length > input.limit ? (page.at(-1)?.day ?? null) : null,
      freshness: await readFreshness(ctx.deps),
    };
  });

/** Every revision of a day, newest first: what was found, when and why. */
export const showDay = procedure("report.read")
  .input(z.object({ day: dayInput }))
  .query(async ({ ctx, input }): Promise<readonly TiedOutDay[]> => {
    const rows = await listRevisions(ctx.deps.db, input.day);
    if (rows.length === 0) throwFailure({ code: "RECORD_NOT_FOUND", detail: "This day is not closed." });
    return rows.map(presentDay);
  });

/** Compares a day with the ledger now. A comparison that says what the last one said leaves that one standing. */
export const tieOutDay = staffProcedure("report.close")
  .input(z.object({ day: dayInput, reason: reasonInput }))
  .mutation(
    ({ ctx, input }): Promise<TiedOutDay> =>
      answered(closeDay(ctx.deps, input.day, ctx.acting, input.reason).then((closed) => presentDay(orThrow(closed)))),
  );

function presentDay(closing: Closing): TiedOutDay {
  return {
    day: closing.day,
    status: closing.status,
    revision: closing.revision,
    closedAt: closing.closedAt.toISOString(),
    actor: closing.actor,
    reason: closing.reason,
    lines: sortedLines(closing.lines).map(({ line, currency, ledger, facts }) => {
      const code = currency as Currency;
      return {
        line: line as TieLine,
        currency: code,
        ledger: formatMinor(BigInt(ledger), code),
        facts: formatMinor(BigInt(facts), code),
        off: formatMinor(BigInt(facts) - BigInt(ledger), code),
      };
    }),
  };
}
