"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { PlayerLinks } from "#features/links/player-links.tsx";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FormField } from "#ui/form-field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

const steps = ["1", "2", "3"] as const;

/** Linked accounts around any player. */
export function LinksPage() {
  const t = useTranslations("monitoring");
  const [asked, setAsked] = useQueryStates(
    { player: parseAsString, steps: parseAsStringLiteral(steps).withDefault("2") },
    { history: "push" },
  );
  const [text, setText] = useState(asked.player ?? "");
  const wrong = text !== "" && parseId("player", text.trim()) === undefined;
  return (
    <ScrollPage>
      <PageHeader title={t("titles.links")} summary={t("links.lead")} />
      <form
        className="flex flex-wrap items-end gap-3 px-(--page-x) py-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong && text !== "") void setAsked({ player: text.trim() });
        }}
      >
        <FormField label={t("links.player")} error={wrong ? t("links.noId") : undefined} className="w-48">
          <TextInput value={text} placeholder="p_1" onChange={(event) => setText(event.currentTarget.value)} />
        </FormField>
        <FormField label={t("links.reach")} className="w-40">
          <Select
            value={asked.steps}
            choices={steps.map((value) => ({ value, label: t("links.steps", { count: Number(value) }) }))}
            onChange={(value) => void setAsked({ steps: value })}
          />
        </FormField>
        <Button type="submit" look="solid">
          {t("links.show")}
        </Button>
      </form>
      {asked.player === null ? (
        <Empty title={t("links.ask")} hint={t("links.askHint")} />
      ) : (
        <PlayerLinks playerId={asked.player} steps={Number(asked.steps)} />
      )}
    </ScrollPage>
  );
}
