/** How a dialect tells its provider of free spins: the calls that the house makes, and what their answers mean. */
import type { FreeSpinsReport } from "@pitboss/domain/gaming/free-spins/free-spins-words";
import type { Currency } from "@pitboss/domain/wallet/currency";

export interface FreeSpinsOrder {
  /** The house's own id of the issue; the same issue has it in every call. */
  readonly issueId: string;
  readonly casinoId: string;
  readonly currency: Currency;
  readonly games: readonly string[];
  readonly spins: number;
  /** The provider's own choice where it is null. */
  readonly betLevel: number | null;
  readonly validUntil: Date;
  readonly player: {
    readonly id: string;
    readonly nickname: string;
    readonly country: string;
    readonly since: Date;
  };
}

export interface WireSend {
  /** Below the provider's address. */
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type FreeSpinsCall =
  | { readonly do: "issue"; readonly order: FreeSpinsOrder }
  | { readonly do: "cancel" | "ask"; readonly order: Pick<FreeSpinsOrder, "issueId" | "casinoId"> };

export interface FreeSpinsWire {
  write(call: FreeSpinsCall, secret: Buffer): WireSend;
  /** `text` may be empty. What can't be read is no answer. */
  read(call: FreeSpinsCall, answer: { readonly status: number; readonly text: string }): FreeSpinsReport;
}
