"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { layoutLinks } from "#features/links/layout-links.ts";
import type { OutputOf } from "#lib/api.ts";

export type LinkGraphData = OutputOf<"risk.links">;

/** Room for the words around the outermost ring. */
const margin = 70;
/** Strong links are drawn as full lines, weak ones as dots: colour alone says nothing. */
const strokes: Readonly<Record<LinkGraphData["links"][number]["kind"], string>> = {
  DEVICE: "",
  INSTRUMENT: "",
  PERSON: "",
  PHONE: "8 4",
  ADDRESS: "8 4",
  BROWSER: "4 4",
  IP: "1 5",
};

/** The accounts as a picture. What it shows stands in the table below it as well, which is what is read out. */
export function LinkGraph({ graph }: { graph: LinkGraphData }) {
  const t = useTranslations("monitoring.links");
  const { places, radius } = useMemo(() => layoutLinks(graph.accounts, graph.links), [graph]);
  const lines = useMemo(() => mergeLines(graph.links), [graph.links]);
  const half = radius + margin;
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label={t("picture", { accounts: graph.accounts.length, links: lines.length })}
      className="overflow-auto rounded-lg border border-line bg-sunken"
    >
      <svg
        viewBox={`${-half} ${-half} ${half * 2} ${half * 2}`}
        className="mx-auto block"
        style={{ width: half * 2, maxWidth: "none", height: half * 2 }}
      >
        {lines.map(({ from, to, kinds }) => {
          const [a, b] = [places.get(from), places.get(to)];
          if (a === undefined || b === undefined) return null;
          return (
            <line
              key={`${from} ${to}`}
              {...{ x1: a.x, y1: a.y, x2: b.x, y2: b.y }}
              strokeWidth={Math.min(1 + kinds.length, 4)}
              strokeDasharray={strokes[kinds[0] ?? "IP"]}
              className="stroke-ink-faint"
            >
              <title>{`${from} – ${to}: ${kinds.map((kind) => t(`kinds.${kind}`)).join(", ")}`}</title>
            </line>
          );
        })}
        {graph.accounts.map((account) => {
          const place = places.get(account.playerId);
          if (place === undefined) return null;
          const blocked = account.status !== "ACTIVE";
          return (
            <Link
              key={account.playerId}
              href={`/players/${account.playerId}`}
              aria-label={`${account.nickname} ${account.playerId}`}
            >
              <g transform={`translate(${place.x} ${place.y})`}>
                <circle
                  r={account.distance === 0 ? 14 : 10}
                  strokeWidth={2}
                  className={
                    blocked
                      ? "fill-bad-soft stroke-bad"
                      : account.distance === 0
                        ? "fill-accent-soft stroke-accent"
                        : "fill-surface stroke-ink-muted"
                  }
                />
                <text
                  y={account.distance === 0 ? 30 : 26}
                  textAnchor="middle"
                  strokeWidth={4}
                  className="fill-ink stroke-sunken text-xs [paint-order:stroke]"
                >
                  {shorten(account.nickname)}
                </text>
              </g>
            </Link>
          );
        })}
      </svg>
    </div>
  );
}

function mergeLines(links: LinkGraphData["links"]) {
  const lines = new Map<string, { from: string; to: string; kinds: LinkGraphData["links"][number]["kind"][] }>();
  for (const { from, to, kind } of links) {
    const key = `${from} ${to}`;
    const line = lines.get(key) ?? { from, to, kinds: [] };
    if (!line.kinds.includes(kind)) line.kinds.push(kind);
    lines.set(key, line);
  }
  const order = Object.keys(strokes);
  for (const { kinds } of lines.values()) kinds.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return [...lines.values()];
}

function shorten(nickname: string): string {
  return nickname.length > 14 ? `${nickname.slice(0, 13)}…` : nickname;
}
