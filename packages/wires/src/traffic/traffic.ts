/** What all simulated rounds need, and how they tell what was answered. */
import type { WireDialect } from "../speak.ts";
import type { ApiClient } from "./api-client.ts";
import type { Chance } from "./chance.ts";

/** By what a round is played: over a provider's wire, or on a game of the house itself. */
export type Source = WireDialect | "built-in";

export interface AnsweredCall {
  readonly source: Source;
  /** `session`, `balance`, `bet`, `win`, `rollback` or `play`. */
  readonly call: string;
  /** The same request as before. */
  readonly again: boolean;
  /** In the words of whoever answered. */
  readonly verdict: string;
  readonly ms: number;
  /** `REFUSED` is a refusal for the house's own reasons, such as a pause or a player's limit. */
  readonly judged: "AS_EXPECTED" | "REFUSED" | "WRONG";
}

export interface WrongAnswer {
  readonly source: Source;
  readonly call: string;
  readonly playerId: string;
  readonly round: string;
  readonly expected: string;
  readonly got: string;
  readonly request: string;
  readonly response: string;
}

export interface TrafficReport {
  answered(call: AnsweredCall): void;
  wrong(answer: WrongAnswer): void;
}

export interface TrafficContext {
  readonly api: ApiClient;
  readonly chance: Chance;
  readonly report: TrafficReport;
  /** A machine key of the house with the scopes sessions, wallets:read and players. */
  readonly operatorKey: string;
  /** Waits so many milliseconds, or less where the traffic is to end. */
  readonly pause: (ms: number) => Promise<void>;
}
