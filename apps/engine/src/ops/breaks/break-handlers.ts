/** All sources of breaks with their handlers: one that has none does not compile. */
import type { BreakSource } from "@pitboss/domain/ops/breaks/break-types";
import { cashierBreakHandler } from "../../cashier/reconciliation/break-handler.ts";
import { providerBreakHandler } from "../../gaming/reconciliation/break-handler.ts";
import type { BreakHandler } from "./break-handler.ts";

export const breakHandlers: { readonly [S in BreakSource]: BreakHandler } = {
  cashier: cashierBreakHandler,
  provider: providerBreakHandler,
};
