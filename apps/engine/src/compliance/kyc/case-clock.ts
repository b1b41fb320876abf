/** How long cases may wait for a person. */
import { caseSlaHours } from "@pitboss/domain/compliance/kyc/case-machine";

const hourMs = 3_600_000;

export function dueAfter(now: Date): Date {
  return new Date(now.getTime() + caseSlaHours * hourMs);
}
