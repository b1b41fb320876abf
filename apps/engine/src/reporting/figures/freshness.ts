/** How far reports have come: every answer says it. */
import { findHeadPosition, findProgress } from "@pitboss/db/ops/consumer-position";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { factsConsumer } from "../facts/facts-consumer.ts";

export interface Freshness {
  /** The position of events that the facts have come to, and how many positions lie before the newest. */
  readonly position: string;
  readonly behind: string;
  /** When facts were last taken over; null before the first. */
  readonly at: string | null;
}

export async function readFreshness({ db }: Pick<StaffDeps, "db">): Promise<Freshness> {
  const found = await findProgress(db, factsConsumer);
  const head = await findHeadPosition(db);
  const position = found?.position ?? 0n;
  return {
    position: position.toString(),
    behind: (head > position ? head - position : 0n).toString(),
    at: found?.updatedAt.toISOString() ?? null,
  };
}
