/** What the cashier's use cases are made of. */
import type { Context } from "../kernel/context.ts";
import type { Lanes } from "../wallet/lanes.ts";
import type { Psp } from "./psp/psp.ts";

export interface Cashier extends Context {
  readonly lanes: Pick<Lanes, "submit">;
  /** By code, in the order in which they are preferred. */
  readonly psps: ReadonlyMap<string, Psp>;
  /** Whether a provider's breaker lets a new payment through. */
  readonly mayTry: (code: string) => boolean;
}
