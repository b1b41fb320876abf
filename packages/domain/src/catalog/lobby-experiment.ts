/** Variants of the lobby: what each shows first, and which one a player sees. */
import { z } from "zod";

export const lobbyOrders = ["NAME", "NEWEST", "PROVIDER"] as const;
const word = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "lower-case letters, digits, - and _");

export const lobbyVariant = z.strictObject({
  code: word,
  /** Its share of players is its weight over the sum of all weights. */
  weight: z.int().min(1).max(1_000),
  order: z.enum(lobbyOrders),
  /** Categories that come first, in this order; the others follow by name. */
  categories: z.array(word).max(20),
  /** In each category, games with one of these tags come first. */
  tags: z.array(word).max(20),
});
export type LobbyVariant = z.infer<typeof lobbyVariant>;

/** The first variant is what the others are compared with. */
export const lobbyVariants = z
  .array(lobbyVariant)
  .min(2)
  .max(6)
  .refine((variants) => new Set(variants.map(({ code }) => code)).size === variants.length, {
    message: "each variant has a code of its own",
  });

export const experimentCode = word;

/** The lobby of whoever is in no experiment. */
export const plainLobby: Pick<LobbyVariant, "order" | "categories" | "tags"> = {
  order: "NAME",
  categories: [],
  tags: [],
};

/**
 * A function of the experiment's and the player's ids alone: the same on every engine and at every time, and of no
 * consequence for which variant the player sees in another experiment.
 */
export function assignVariant<V extends { readonly weight: number }>(
  experiment: string,
  playerId: bigint,
  variants: readonly [V, ...V[]],
): V {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let point = Math.floor((hash32(`${experiment}:${playerId}`) / 2 ** 32) * total);
  for (const variant of variants) {
    if (point < variant.weight) return variant;
    point -= variant.weight;
  }
  return variants[0];
}

/** FNV-1a with the finalizer of MurmurHash3, without which ids that differ in their last digit fall close together. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

interface LobbyGame {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  readonly providerCode: string;
  readonly tags: readonly string[];
}

export interface LobbyGroup<G> {
  readonly category: string;
  readonly games: readonly G[];
}

export function arrangeLobby<G extends LobbyGame>(
  games: readonly G[],
  { order, categories, tags }: Pick<LobbyVariant, "order" | "categories" | "tags">,
): LobbyGroup<G>[] {
  const placeOf = (category: string): number => {
    const place = categories.indexOf(category);
    return place === -1 ? categories.length : place;
  };
  const tagged = (game: G): number => (game.tags.some((tag) => tags.includes(tag)) ? 0 : 1);
  const byName = (a: G, b: G): number => a.name.localeCompare(b.name, "en");
  const orders: Readonly<Record<LobbyVariant["order"], (a: G, b: G) => number>> = {
    NAME: byName,
    NEWEST: (a, b) => b.id - a.id,
    PROVIDER: (a, b) => a.providerCode.localeCompare(b.providerCode, "en") || byName(a, b),
  };
  return [...Map.groupBy(games, ({ category }) => category)]
    .sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1))
    .map(([category, list]) => ({
      category,
      games: [...list].sort((a, b) => tagged(a) - tagged(b) || orders[order](a, b)),
    }));
}
