"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { api, type InputOf, keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Section } from "#ui/section.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { Time } from "#ui/time.tsx";

type Kind = InputOf<"rg.noteInteraction">["kind"];
const kinds: readonly Kind[] = ["CALL", "MESSAGE", "CHAT", "REVIEW", "AFFORDABILITY"];

/** What was said and done about a player's play, newest first; rows are added and never changed. */
export function PlayerInteractions({ playerId }: { playerId: string }) {
  const t = useTranslations("rg.player");
  const log = useInfiniteQuery({
    queryKey: [...keyOf("rg.interactions"), { playerId }],
    queryFn: ({ pageParam, signal }) => api.rg.interactions.query({ playerId, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const rows = log.data?.pages.flatMap((page) => page.rows);
  return (
    <Section title={t("log")}>
      <NoteForm playerId={playerId} />
      {rows === undefined ? (
        log.error === null ? (
          <Skeleton className="h-16 rounded-md" />
        ) : (
          <FailureNotice failure={failureOf(log.error)} />
        )
      ) : rows.length === 0 ? (
        <p className="text-ink-muted">{t("noLog")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {rows.map((row) => (
            <li key={row.interactionId} className="py-2">
              <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-medium">
                  <KindWord kind={row.kind} /> <span className="text-xs text-ink-muted">{row.actor}</span>
                </span>
                <Time at={row.at} precision="minute" className="text-xs text-ink-muted" />
              </div>
              {row.note !== null && <p className="whitespace-pre-wrap wrap-anywhere">{row.note}</p>}
            </li>
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <Button size="sm" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Section>
  );
}

function KindWord({ kind }: { kind: string }) {
  const t = useTranslations("rg.contacts");
  const exclusions = useTranslations("rg.kinds");
  const excluded = kind.replace("EXCLUDED_", "");
  if (t.has(kind as Kind)) return t(kind as Kind);
  return exclusions.has(excluded as "PANIC") ? exclusions(excluded as "PANIC") : kind;
}

function NoteForm({ playerId }: { playerId: string }) {
  const t = useTranslations("rg.act");
  const player = useTranslations("rg.player");
  const words = useTranslations("rg.contacts");
  const client = useQueryClient();
  const roleNames = useRoleNames();
  const may = useMay("rg.act");
  const [kind, setKind] = useState<Kind>("CALL");
  const [note, setNote] = useState("");
  const add = useMutation({
    ...write("rg.noteInteraction"),
    onSuccess: () => {
      setNote("");
      return client.invalidateQueries({ queryKey: keyOf("rg.interactions") });
    },
  });
  if (!may) {
    return (
      <p className="text-xs text-ink-faint">{player("onlyFor", { roles: roleNames(permissionRow("rg.act").roles) })}</p>
    );
  }
  return (
    <form
      className="mb-3 flex max-w-2xl flex-col items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim().length >= 5) add.mutate({ playerId, kind, note: note.trim() });
      }}
    >
      <FormField label={t("note")} className="w-56">
        <Select value={kind} onChange={setKind} choices={kinds.map((value) => ({ value, label: words(value) }))} />
      </FormField>
      <FormField label={t("noteText")} className="w-full">
        <TextArea rows={2} value={note} maxLength={2_000} onChange={(event) => setNote(event.currentTarget.value)} />
      </FormField>
      {add.error !== null && <FailureNotice failure={failureOf(add.error)} className="w-full" />}
      <Button type="submit" busy={add.isPending} disabled={note.trim().length < 5}>
        {t("save")}
      </Button>
    </form>
  );
}
