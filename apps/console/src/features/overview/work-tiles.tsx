"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "use-intl";
import { tilesOf } from "@pitboss/domain/ops/overview-tiles";
import { type OutputOf, read } from "#lib/api.ts";
import { cn } from "#lib/cn.ts";
import { failureOf } from "#lib/failure.ts";
import { useReader } from "#lib/reader.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

type Tile = OutputOf<"system.overview">["tiles"][number];

/** The queues that this person's roles work with, each a door to its list. They are counted anew every 15 seconds. */
export function WorkTiles() {
  const t = useTranslations("overview.work");
  const { roles } = useReader();
  const query = useQuery({ ...read("system.overview"), refetchInterval: 15_000 });
  const expected = tilesOf(roles);
  if (expected.length === 0) return null;
  return (
    <section aria-label={t("title")} className="mb-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 px-(--page-x) pb-1.5">
        <h2 className="font-semibold tracking-[-0.006em]">{t("title")}</h2>
        {query.data !== undefined && (
          <span className="text-xs text-ink-faint">
            {t("counted")} <Time at={query.data.at} short />
          </span>
        )}
      </div>
      {query.error !== null && query.data === undefined ? (
        <FailureNotice failure={failureOf(query.error)} className="mx-(--page-x)" />
      ) : (
        <ul className="mx-(--page-x) grid grid-cols-2 gap-px border-y border-line bg-line sm:grid-cols-3 lg:grid-cols-4">
          {query.data === undefined
            ? expected.map((tile) => (
                <li key={tile} className="bg-surface px-4 py-3">
                  <span className="block truncate text-xs text-ink-muted">{t(`tiles.${tile}`)}</span>
                  <Skeleton className="my-1.5 h-5 w-12" />
                  <span className="block h-4.5" />
                </li>
              ))
            : query.data.tiles.map((tile) => <WorkTile key={tile.tile} tile={tile} />)}
        </ul>
      )}
    </section>
  );
}

function WorkTile({ tile }: { tile: Tile }) {
  const t = useTranslations("overview.work");
  const format = new Intl.NumberFormat(useLocale());
  const { count, more, late, since, href, queue } = tile;
  return (
    <li className="bg-surface">
      <Link href={href} className="flex h-full flex-col px-4 py-3 no-underline hover:bg-hover">
        <span className="truncate text-xs text-ink-muted">{t(`tiles.${tile.tile}`)}</span>
        <span
          className={cn(
            "tabular min-h-8 text-xl leading-8 font-semibold tracking-[-0.015em]",
            queue && count === 0 && "text-ink-faint",
          )}
        >
          {format.format(count)}
          {more && "+"}
        </span>
        <span className="min-h-4.5 truncate text-xs text-ink-faint">
          {late !== null && late > 0 ? (
            <span className="font-medium text-bad">{t("late", { count: late })}</span>
          ) : since !== null ? (
            <>
              {t("oldest")} <Time at={since} relative />
            </>
          ) : queue && count === 0 ? (
            t("none")
          ) : null}
        </span>
      </Link>
    </li>
  );
}
