/** What the store refuses at the moment, as a failure that callers know. */
import { throwFailure } from "../../edge/trpc/failure.ts";
import { StoreUnavailable } from "./column-store.ts";

export async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreUnavailable) throwFailure({ code: "REPORTS_UNAVAILABLE", detail: `${error.message}.` });
    throw error;
  }
}
