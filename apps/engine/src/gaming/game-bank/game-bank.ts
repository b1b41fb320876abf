/** What the use cases of game banks are made of. */
import type { Context } from "../../kernel/context.ts";
import type { Lanes } from "../../wallet/lanes.ts";
import type { Integrations } from "../dialects/kit/integrations.ts";

export interface BankDesk extends Context {
  readonly lanes: Pick<Lanes, "submit">;
  readonly integrations: Pick<Integrations, "byCode">;
}

/** Who brings a step about where no person does. */
export const workerActor = "job:game-bank";
