/** What players' use cases are made of: the parts that staff's are made of, and a few of their own. */
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Acting } from "../../audit/acting.ts";
import { hashPassword, verifyNothing, verifyPassword } from "../keys/password-hash.ts";
import type { From } from "../sign-in/from.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { createErrands, type Errands } from "./errands.ts";

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time where there is nothing to compare with. */
  matches(password: string, stored: string | undefined): Promise<boolean>;
}

type SharedParts = Pick<
  StaffDeps,
  "db" | "clock" | "log" | "vault" | "players" | "tokens" | "ring" | "mailer" | "registers"
>;

export interface PlayerDeps extends SharedParts {
  readonly passwords: Passwords;
  readonly errands: Errands;
  /** Where the operator's site is, which links in mails lead to; without one they carry the bare secret. */
  readonly playerSite: string | undefined;
}

const passwords: Passwords = {
  hash: hashPassword,
  matches: (password, stored) => (stored === undefined ? verifyNothing(password) : verifyPassword(password, stored)),
};

export function createPlayerDeps(parts: SharedParts, playerSite: string | undefined): PlayerDeps {
  const { db, clock, log, vault, players, tokens, ring, mailer, registers } = parts;
  const shared = { db, clock, log, vault, players, tokens, ring, mailer, registers };
  return { ...shared, passwords, errands: createErrands(log), playerSite };
}

/** A player who acts on their own account. */
export function playerActing(playerId: bigint, from: From, sessionId: bigint | null = null): Acting {
  return {
    actorKind: "player",
    actorId: formatId("player", playerId),
    actingAs: [],
    channel: "api",
    sessionId: sessionId === null ? null : formatId("playerSession", sessionId),
    ...from,
  };
}
