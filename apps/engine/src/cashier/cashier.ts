/** What the cashier's use cases are made of. */
import type { Context } from "../kernel/context.ts";
import type { Lanes } from "../wallet/lanes.ts";
import type { GeoLocator } from "../risk/geo/geo-locator.ts";
import type { RateBoard } from "../wallet/rates/rate-board.ts";
import type { BankDesk } from "./bank/bank-desk.ts";
import type { ChainDesk } from "./custody/chain-desk.ts";
import type { PayoutRail } from "./psp/payout-rail.ts";
import type { Psp } from "./psp/psp.ts";

export interface Cashier extends Context {
  readonly lanes: Pick<Lanes, "submit">;
  /** What a cap in another currency is compared at. */
  readonly rates: Pick<RateBoard, "quote">;
  readonly geo: GeoLocator;
  /** By code, in the order in which they are preferred. */
  readonly psps: ReadonlyMap<string, Psp>;
  /** By the same code: those of them that can pay out. */
  readonly rails: ReadonlyMap<string, PayoutRail>;
  /** What money over chains takes. */
  readonly chain: ChainDesk;
  /** What money by bank transfer takes. */
  readonly bank: BankDesk;
  /** Compares the player with the lists of sanctions; nothing comes of it where that can't be done now. */
  readonly screen: (playerId: bigint) => Promise<void>;
  /** Whether a provider's breaker lets a new payment through. */
  readonly mayTry: (code: string) => boolean;
}

/** What it takes to check a payout too: a player who was never screened is screened before money leaves first. */
export type CheckingDesk = PayoutDesk & Pick<Cashier, "screen" | "chain">;

/** What it takes to gather payouts into files and to give those to banks. */
export type FilingDesk = CheckingDesk & Pick<Cashier, "bank">;

/** What it takes to send a payout and to ask about it. */
export type PayoutDesk = Pick<Cashier, "db" | "clock" | "log" | "lanes" | "rails">;

/** What it takes to move a payout, wherever that is asked for. */
export type Teller = Pick<Cashier, "db" | "clock" | "log" | "lanes">;
