/** An effect that shows repeats: one row for each time that an event is applied. */
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import { sql } from "drizzle-orm";

export const effectsTable = `
  CREATE TABLE effects (n bigint GENERATED ALWAYS AS IDENTITY, consumer text, event_id text, event jsonb);
  GRANT SELECT, INSERT ON effects TO pitboss_app`;

export async function recordEffects(tx: Transaction, consumer: string, events: readonly DomainEvent[]): Promise<void> {
  await tx.execute(sql`
    INSERT INTO effects (consumer, event_id, event)
    SELECT ${consumer}, event ->> 'eventId', event
      FROM jsonb_array_elements(${JSON.stringify(events)}::jsonb) WITH ORDINALITY AS t(event, place) ORDER BY place`);
}
