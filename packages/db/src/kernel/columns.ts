/** Column types that Drizzle has no name for, and the ones that this house uses everywhere. */
import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** An instant, UTC; read as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const id64 = (name: string) => bigint(name, { mode: "bigint" });
