/** What it takes to import what providers and banks report, and to post it. */
import type { BankDesk } from "../bank/bank-desk.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

export type SettlementDesk = Pick<StaffDeps, "db" | "clock" | "log" | "objects" | "lanes" | "settlements"> & {
  readonly bank: Pick<BankDesk, "banks">;
};
