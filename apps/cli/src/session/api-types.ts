import type { AppRouter } from "@pitboss/engine/edge/trpc/app-router";
import type { inferRouterOutputs } from "@trpc/server";

/** What the engine answers, by router and procedure. */
export type Outputs = inferRouterOutputs<AppRouter>;
