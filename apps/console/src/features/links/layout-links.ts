/**
 * Where the accounts of a graph stand: the account that was asked for in the middle, the others on rings around it, as many
 * steps out as they are away. An account stands in the direction of the one through which it was reached, so that few lines
 * cross; the same graph always looks the same.
 */
export interface GraphAccount {
  readonly playerId: string;
  readonly distance: number;
}

export interface GraphLink {
  readonly from: string;
  readonly to: string;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

const ring = 130;

/** Places around the origin; `radius` is that of the outermost ring. */
export function layoutLinks(
  accounts: readonly GraphAccount[],
  links: readonly GraphLink[],
): { readonly places: ReadonlyMap<string, Place>; readonly radius: number } {
  const places = new Map<string, Place>();
  const angles = new Map<string, number>();
  const furthest = Math.max(0, ...accounts.map(({ distance }) => distance));
  let radius = 0;
  for (let distance = 0; distance <= furthest; distance += 1) {
    const ids = accounts.filter((account) => account.distance === distance).map(({ playerId }) => playerId);
    const wanted = ids.map((id) => ({ id, angle: directionOf(id, links, angles) }));
    // Whoever has no direction of their own comes last; equals stay in the order of their ids.
    wanted.sort((a, b) => a.angle - b.angle || (a.id < b.id ? -1 : 1));
    radius = distance === 0 ? 0 : Math.max(radius + ring, (ids.length * 74) / (2 * Math.PI));
    for (const [index, { id }] of wanted.entries()) {
      const angle = (index / Math.max(1, wanted.length)) * 2 * Math.PI;
      angles.set(id, angle);
      places.set(id, { x: Math.round(Math.sin(angle) * radius), y: Math.round(-Math.cos(angle) * radius) });
    }
  }
  return { places, radius };
}

/** The mean direction of those further in that it is linked with. */
function directionOf(id: string, links: readonly GraphLink[], angles: ReadonlyMap<string, number>): number {
  const known = links.flatMap(({ from, to }) => {
    const other = from === id ? to : to === id ? from : undefined;
    return (other === undefined ? undefined : angles.get(other)) ?? [];
  });
  if (known.length === 0) return 0;
  const x = known.reduce((sum, angle) => sum + Math.sin(angle), 0);
  const y = known.reduce((sum, angle) => sum + Math.cos(angle), 0);
  const mean = Math.atan2(x, y);
  return mean < 0 ? mean + 2 * Math.PI : mean;
}
