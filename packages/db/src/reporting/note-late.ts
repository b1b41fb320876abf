/** Facts of days that were closed before. Noted in the transaction that moves the position, so each once. */
import { sql } from "drizzle-orm";
import { textArray, numberArray } from "../kernel/arrays.ts";
import type { Executor } from "../kernel/executor.ts";

export interface DayCount {
  readonly day: string;
  readonly facts: number;
}

export async function noteLate(db: Executor, counts: readonly DayCount[], toPosition: bigint): Promise<void> {
  await db.execute(sql`
    INSERT INTO report_late (to_position, day, facts)
    SELECT ${toPosition}, came.day, came.facts
      FROM unnest(${textArray(counts.map(({ day }) => day))}::date[],
                  ${numberArray(counts.map(({ facts }) => facts))}::integer[]) AS came(day, facts)
     WHERE EXISTS (SELECT FROM report_closings c WHERE c.day = came.day)
    ON CONFLICT DO NOTHING`);
}
