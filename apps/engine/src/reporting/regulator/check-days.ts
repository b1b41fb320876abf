/** Whether every day of a range is closed and tied: nothing else is told to a regulator. */
import { type Closing, listClosedDays } from "@pitboss/db/reporting/closings-store";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { daysOf, type RegulatorInput } from "@pitboss/domain/reporting/regulator-report";
import type { StaffDeps } from "../../identity/staff-deps.ts";

/** The days' newest closings in order, or which days stand in the way and why. */
export async function checkDays(
  { db }: Pick<StaffDeps, "db">,
  { from, to }: Pick<RegulatorInput, "from" | "to">,
): Promise<Result<readonly Closing[], Failure<"DAYS_NOT_TIED">>> {
  const closed = new Map((await listClosedDays(db, from, to)).map((one) => [one.closing.day, one]));
  const problems = daysOf(from, to).flatMap((day) => {
    const found = closed.get(day);
    if (found === undefined) return [`${day} is not closed`];
    if (found.closing.status === "OFF") return [`${day} is off`];
    return found.outdated ? [`${day} got late events and is compared again`] : [];
  });
  if (problems.length > 0) {
    const more = problems.length > 5 ? `, and ${problems.length - 5} more days` : "";
    return err("DAYS_NOT_TIED", `${problems.slice(0, 5).join(", ")}${more}.`);
  }
  return ok([...closed.values()].map(({ closing }) => closing));
}
