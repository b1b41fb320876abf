"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { AnswerDialog } from "#features/rg/answer-dialog.tsx";
import { ExcludeDialog } from "#features/rg/exclude-dialog.tsx";
import { ExclusionStatus } from "#features/rg/exclusion-status.tsx";
import type { PlayerRgView } from "#features/rg/player-rg.tsx";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Time } from "#ui/time.tsx";

export function PlayerExclusions({ rg }: { rg: PlayerRgView }) {
  const t = useTranslations("rg.player");
  const act = useTranslations("rg.act");
  const list = useTranslations("rg.list");
  const kinds = useTranslations("rg.kinds");
  const mayAct = useMay("rg.act");
  const mayDecide = useMay("rg.decide");
  const [excluding, setExcluding] = useState(false);
  const [answering, setAnswering] = useState<PlayerRgView["exclusions"][number]>();
  return (
    <Section
      title={t("exclusions")}
      aside={
        mayAct ? (
          <Button size="sm" onClick={() => setExcluding(true)}>
            {act("exclude")}
          </Button>
        ) : undefined
      }
    >
      <RecordList
        label={t("exclusions")}
        rows={rg.exclusions}
        rowKey={(row) => row.exclusionId}
        empty={<p className="text-ink-muted">{t("noExclusions")}</p>}
        cells={(row) => [
          <ExclusionStatus key="status" status={row.status} />,
          kinds(row.kind),
          <Time key="from" at={row.startsAt} short />,
          row.endsAt === null ? list("forEver") : <Time key="until" at={row.endsAt} short />,
          row.cameFrom === null ? row.requestedBy : t("cameFrom", { id: row.cameFrom }),
          mayDecide && row.status === "REACTIVATION_REQUESTED" && (
            <Button key="answer" size="sm" onClick={() => setAnswering(row)}>
              {act("answer")}
            </Button>
          ),
        ]}
      />
      <ExcludeDialog playerId={rg.playerId} open={excluding} onClose={() => setExcluding(false)} />
      {answering !== undefined && <AnswerDialog exclusion={answering} onClose={() => setAnswering(undefined)} />}
    </Section>
  );
}
