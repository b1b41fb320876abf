"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { KeyValues } from "#ui/key-values.tsx";
import { Modal } from "#ui/modal.tsx";
import { Section } from "#ui/section.tsx";
import { Time } from "#ui/time.tsx";

interface ListsDialogProps {
  /** Undefined while it loads. */
  readonly status: OutputOf<"screening.status"> | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** What players are screened by: the list in force of each source, and the rule. */
export function ListsDialog({ status, open, onClose }: ListsDialogProps) {
  const t = useTranslations("screening.lists");
  const sources = useTranslations("words.listSource");
  const penalties = useTranslations("screening.penalties");
  return (
    <Modal open={open} onOpenChange={onClose} title={t("title")} description={t("lead")}>
      {status !== undefined && (
        <div className="flex flex-col gap-2">
          {status.lists.length === 0 && <p className="text-ink-muted">{t("none")}</p>}
          {status.lists.map((list) => (
            <Section key={list.listId} title={sources(list.source)}>
              <KeyValues
                items={[
                  { label: t("imported"), value: <Time at={list.importedAt} precision="minute" /> },
                  ...(list.publishedOn === null ? [] : [{ label: t("published"), value: list.publishedOn }]),
                  { label: t("entries"), value: t("persons", { entries: list.entries, persons: list.persons }) },
                  {
                    label: t("change"),
                    value: t("diff", { added: list.added, changed: list.changed, removed: list.removed }),
                  },
                ]}
              />
            </Section>
          ))}
          <Section title={t("rule", { version: status.rule.version })}>
            <KeyValues
              items={[
                { label: t("threshold"), value: <span className="tabular">{status.rule.threshold}</span> },
                ...(["country", "birthYear", "birthDay", "surname", "gender"] as const).map((name) => ({
                  label: penalties(name),
                  value: <span className="tabular">−{status.rule.penalties[name]}</span>,
                })),
              ]}
            />
          </Section>
        </div>
      )}
    </Modal>
  );
}
