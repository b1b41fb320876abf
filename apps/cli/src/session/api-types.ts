import type { AppRouter } from "@pitboss/engine/edge/trpc/app-router";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

/** What the engine answers, by router and procedure. */
export type Outputs = inferRouterOutputs<AppRouter>;

/** What the engine is asked, by router and procedure. */
export type Inputs = inferRouterInputs<AppRouter>;
