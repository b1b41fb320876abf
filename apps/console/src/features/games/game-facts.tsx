"use client";

import { useTranslations } from "use-intl";
import { GameStatus } from "#features/games/game-status.tsx";
import type { OutputOf } from "#lib/api.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export type GameDetail = OutputOf<"game.show">;

export function GameFacts({ game }: { game: GameDetail }) {
  const t = useTranslations("games");
  const listed = (values: readonly string[], none: string) => (values.length === 0 ? none : values.join(", "));
  return (
    <KeyValues
      items={[
        { label: t("columns.status"), value: <GameStatus status={game.status} /> },
        { label: t("columns.code"), value: <IdChip id={game.code} /> },
        { label: t("columns.provider"), value: game.providerName },
        { label: t("columns.category"), value: game.category },
        { label: t("columns.tags"), value: listed(game.tags, t("detail.none")) },
        { label: t("columns.devices"), value: game.devices.map((device) => t(`devices.${device}`)).join(", ") },
        { label: t("detail.languages"), value: listed(game.languages, t("detail.all")) },
        { label: t("detail.banned"), value: listed(game.bannedCountries, "–") },
        { label: t("detail.jurisdictions"), value: listed(game.jurisdictions, t("detail.any")) },
        {
          label: t("detail.rtp"),
          value: listed(
            game.rtpVersions.map(({ version, rtp }) => `${version}: ${rtp} %`),
            "–",
          ),
        },
        {
          label: t("detail.sideBets"),
          value: listed(
            game.sideBets.map(({ name }) => name),
            t("detail.none"),
          ),
        },
        { label: t("columns.updated"), value: <Time at={game.updatedAt} /> },
      ]}
    />
  );
}
