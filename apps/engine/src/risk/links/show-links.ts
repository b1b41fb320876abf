/** The accounts around a player: who shares what with whom, step by step outwards. */
import { type Link, type LinkKind, linkKinds, listLinkedPlayers, listLinks } from "@pitboss/db/risk/link-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type PlayerStatus, playerStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

export interface LinkedAccount {
  readonly playerId: string;
  readonly nickname: string;
  readonly status: PlayerStatus;
  readonly country: string;
  readonly since: string;
  /** How many steps away from the player that was asked for; 0 is that player. */
  readonly distance: number;
}

export interface AccountLink {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
  /** Names the shared thing without telling what it is. */
  readonly key: string;
  readonly accounts: number;
}

export interface LinkGraph {
  readonly playerId: string;
  readonly accounts: readonly LinkedAccount[];
  readonly links: readonly AccountLink[];
  /** True where there are more accounts than a graph shows. */
  readonly more: boolean;
}

const mostAccounts = 60;

export const showLinks = procedure("link.read")
  .input(
    z.object({
      playerId: idInput("player"),
      kinds: z.array(z.enum(linkKinds)).min(1).max(linkKinds.length).nullish(),
      steps: z.coerce.number().int().min(1).max(3).default(2),
    }),
  )
  .query(async ({ ctx, input }): Promise<LinkGraph> => {
    const kinds = input.kinds ?? linkKinds;
    return walkLinks(ctx.deps, input.playerId, kinds, input.steps);
  });

async function walkLinks(
  { db }: StaffDeps,
  playerId: bigint,
  kinds: readonly LinkKind[],
  steps: number,
): Promise<LinkGraph> {
  const distance = new Map<bigint, number>([[playerId, 0]]);
  const links: Link[] = [];
  let more = false;
  let edge: bigint[] = [playerId];
  for (let step = 1; step <= steps && edge.length > 0; step += 1) {
    const found = await listLinks(db, edge, kinds);
    links.push(...found);
    const reached = [...new Set(found.map(({ otherId }) => otherId))].filter((id) => !distance.has(id));
    const room = mostAccounts - distance.size;
    more ||= reached.length > room;
    edge = reached.slice(0, room);
    for (const id of edge) distance.set(id, step);
  }
  const accounts = await listLinkedPlayers(db, [...distance.keys()]);
  if (!accounts.some(({ id }) => id === playerId)) throwFailure({ code: "PLAYER_NOT_FOUND" });
  return {
    playerId: formatId("player", playerId),
    accounts: accounts
      .map(({ id, nickname, status, country, createdAt }) => ({
        playerId: formatId("player", id),
        nickname,
        status: playerStatusOf(status),
        country,
        since: createdAt,
        distance: distance.get(id) ?? 0,
      }))
      .sort((a, b) => a.distance - b.distance),
    links: uniqueLinks(links.filter(({ otherId }) => distance.has(otherId))),
    more,
  };
}

/** A link is met from both of its ends. */
function uniqueLinks(links: readonly Link[]): AccountLink[] {
  const byName = new Map<string, AccountLink>();
  for (const { playerId, otherId, kind, key, accounts } of links) {
    const [a, b] = playerId < otherId ? [playerId, otherId] : [otherId, playerId];
    byName.set(`${a} ${b} ${kind} ${key}`, {
      from: formatId("player", a),
      to: formatId("player", b),
      kind,
      key,
      accounts,
    });
  }
  return [...byName.values()];
}
