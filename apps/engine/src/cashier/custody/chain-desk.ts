/** What money over chains takes: who keeps it, who looks at its past, and who is told of it. */
import type { KytAnalyst } from "../../compliance/kyt/kyt-analyst.ts";
import type { TravelVault } from "../travel/travel-vault.ts";
import type { TravelWire } from "../travel/travel-wire.ts";
import type { Custodian } from "./custodian.ts";

export interface ChainDesk {
  readonly custodians: ReadonlyMap<string, Custodian>;
  /** Without one only the lists of sanctions are asked. */
  readonly analyst: KytAnalyst | undefined;
  /** Without one nothing leaves to somebody who keeps the player's wallet. */
  readonly wire: TravelWire | undefined;
  readonly travel: TravelVault;
}
