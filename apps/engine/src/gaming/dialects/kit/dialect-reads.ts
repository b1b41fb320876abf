/** What dialects look up before the door, gathered: many calls at once ask the database once. */
import {
  type DialectPlayer,
  type DialectSession,
  findDialectPlayers,
  findSessionsOfTokens,
  findSessionsOnGames,
  nameOfSeat,
  type PlayerOnGame,
} from "@pitboss/db/gaming/dialect-reads";
import type { Database } from "@pitboss/db/kernel/pool";
import { gatherReads } from "../../../kernel/gather-reads.ts";

export interface DialectReads {
  readonly player: (id: bigint) => Promise<DialectPlayer | undefined>;
  /** By the hash of its token, in hex. */
  readonly sessionOfToken: (hash: string) => Promise<DialectSession | undefined>;
  readonly sessionOnGame: (seat: PlayerOnGame) => Promise<DialectSession | undefined>;
}

export function createDialectReads(db: Database): DialectReads {
  return {
    player: gatherReads(String, (ids: readonly bigint[]) => findDialectPlayers(db, ids)),
    sessionOfToken: gatherReads(String, (hashes: readonly string[]) => findSessionsOfTokens(db, hashes)),
    sessionOnGame: gatherReads(nameOfSeat, (seats: readonly PlayerOnGame[]) => findSessionsOnGames(db, seats)),
  };
}
