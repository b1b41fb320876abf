/** Where exchange rates come from: the port, with a fixed file and the European Central Bank behind it. */
import type { Result } from "@pitboss/domain/kernel/result";
import type { RateTable } from "@pitboss/domain/wallet/exchange";

export interface RateSource {
  /** For the log. */
  readonly name: string;
  /**
   * A local source is the operator's own word: it is there from the start, and its newest word counts. What a remote one
   * sends is checked against what it sent before, and its last good table outlives the engine.
   */
  readonly remote: { readonly tableSource: string } | undefined;
  /** How old a table of this source may be when something is converted at it, in ms. */
  readonly ageMaxMs: number;
  readonly refreshEveryMs: number;
  /** Reads the newest table. An expected trouble (not there, slow, malformed) is a failure whose detail says what. */
  read(signal: AbortSignal): Promise<Result<RateTable>>;
}
