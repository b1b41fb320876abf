/**
 * Writes free spins down for one player; the worker sends them. Whoever asks names what they are for, and the same player
 * gets them once for it: staff's campaigns as much as a bonus that pays out in spins.
 */
import { findGames } from "@pitboss/db/catalog/game-store";
import { findDialectPlayer } from "@pitboss/db/gaming/dialect-reads";
import { findFreeSpinsByRequest, insertFreeSpins } from "@pitboss/db/gaming/free-spin-store";
import { listPolicyVersions } from "@pitboss/db/gaming/provider-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { takesBets } from "@pitboss/domain/catalog/game-status";
import { judgeIssue } from "@pitboss/domain/gaming/free-spins/judge-free-spins";
import { providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { barredFromPlay } from "../../compliance/rg/barred-from-play.ts";
import { dialects } from "../dialects/registry.ts";
import { hash64, requestKey } from "../request-key.ts";

export interface FreeSpinsWish {
  readonly provider: string;
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly games: readonly string[];
  readonly spins: number;
  readonly betLevel: number | null;
  readonly validUntil: Date;
  /** What they are for. */
  readonly campaign: string;
}

interface Checked {
  readonly providerId: number;
  readonly requestKey: string;
  readonly requestId: string;
  readonly bodyHash: bigint;
}

/** Whether they could be issued now. */
export async function checkFreeSpins(db: Executor, wish: FreeSpinsWish, nowMs: number): Promise<Result<Checked>> {
  const [current] = await listPolicyVersions(db, wish.provider);
  if (current === undefined) return err("PROVIDER_NOT_FOUND");
  const dialect = dialects.find(({ code }) => code === current.dialect);
  if (dialect?.freeSpins === undefined) return err("FREE_SPINS_NONE", `${current.dialect} has no way to issue them.`);
  const player = await findDialectPlayer(db, wish.playerId);
  if (player === undefined) return err("PLAYER_NOT_FOUND");
  const { providerId } = current;
  const requestId = `${wish.campaign}:${formatId("player", wish.playerId)}`;
  const key = requestKey(`free-spins:${providerId}`, requestId);
  const bodyHash = hash64(meaningOf(wish));
  const earlier = await findFreeSpinsByRequest(db, key);
  if (earlier !== undefined) {
    const named = `${formatId("freeSpins", earlier.id)} is for ${wish.campaign} already.`;
    return err(earlier.bodyHash === bodyHash ? "NOTHING_CHANGES" : "REQUEST_REUSED", named);
  }
  const barred = await barredFromPlay(db, wish.playerId, nowMs);
  if (barred !== undefined) return { ok: false, error: barred };
  const found = new Map((await findGames(db, wish.games)).map((game) => [game.code, game]));
  const judged = judgeIssue(providerPolicySchema.parse(current.policy), {
    currency: wish.currency,
    spins: wish.spins,
    validUntilMs: wish.validUntil.getTime(),
    nowMs,
    country: player.country,
    blocked: player.status !== "ACTIVE",
    providerPaused: current.paused,
    games: wish.games.map((code) => {
      const game = found.get(code);
      return {
        code,
        open: game !== undefined && takesBets(game.status),
        ofProvider: game?.providerCode === wish.provider,
        bannedCountries: game?.bannedCountries ?? [],
        currencies: Object.keys(game?.limits ?? {}),
      };
    }),
  });
  return judged.ok ? ok({ providerId, requestKey: key, requestId, bodyHash }) : judged;
}

/** The number of the issue. Runs in the caller's transaction, with whatever the caller writes beside it. */
export async function requestFreeSpins(
  db: Executor,
  wish: FreeSpinsWish,
  { nowMs, actor, reason }: { readonly nowMs: number; readonly actor: string; readonly reason: string },
): Promise<Result<bigint>> {
  const checked = await checkFreeSpins(db, wish, nowMs);
  if (!checked.ok) return checked;
  const { playerId, currency, games, spins, betLevel, validUntil } = wish;
  const issue = { playerId, currency, games, spins, betLevel, validUntil, actor, reason, ...checked.value };
  const id = await insertFreeSpins(db, issue);
  return id === undefined ? err("NOTHING_CHANGES", "It was written down at this moment.") : ok(id);
}

function meaningOf({ playerId, currency, games, spins, betLevel, validUntil }: FreeSpinsWish): string {
  return `free-spins|${playerId}|${currency}|${games.join(",")}|${spins}|${betLevel ?? ""}|${validUntil.toISOString()}`;
}
