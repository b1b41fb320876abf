"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { StickyNote } from "lucide-react";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { api, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Avatar } from "#ui/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { Time } from "#ui/time.tsx";

const longestNote = 4_000;

/** Notes are sealed with the player's key, and stay as they were written. */
export function PlayerNotes({ playerId }: { playerId: string }) {
  const t = useTranslations("players.notes");
  const client = useQueryClient();
  const mayWrite = useMay("player.note");
  const roleNames = useRoleNames();
  const [body, setBody] = useState("");
  const key = ["player.notes", { playerId }] as const;
  const notes = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => api.player.notes.query({ playerId, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const add = useMutation({
    ...write("player.writeNote"),
    onSuccess: () => {
      setBody("");
      return client.invalidateQueries({ queryKey: key });
    },
  });
  const rows = notes.data?.pages.flatMap((page) => page.rows);
  return (
    <div className="flex max-w-3xl flex-col gap-4 px-(--page-x) py-4">
      {mayWrite ? (
        <form
          className="flex flex-col items-start gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (body.trim() !== "") add.mutate({ playerId, body: body.trim() });
          }}
        >
          <FormField label={t("write")} hint={t("hint")} className="w-full">
            <TextArea value={body} maxLength={longestNote} onChange={(event) => setBody(event.currentTarget.value)} />
          </FormField>
          {add.error !== null && <FailureNotice failure={failureOf(add.error)} className="w-full" />}
          <Button type="submit" look="solid" busy={add.isPending} disabled={body.trim() === ""}>
            {t("save")}
          </Button>
        </form>
      ) : (
        <p className="text-xs text-ink-faint">
          {t("onlyFor", { roles: roleNames(permissionRow("player.note").roles) })}
        </p>
      )}
      {rows === undefined ? (
        notes.error === null ? (
          <Skeleton className="h-24 rounded-md" />
        ) : (
          <FailureState failure={failureOf(notes.error)} onRetry={() => void notes.refetch()} />
        )
      ) : rows.length === 0 ? (
        <Empty icon={StickyNote} title={t("none")} />
      ) : (
        <ul className="flex flex-col divide-y divide-line border-t border-line">
          {rows.map((note) => (
            <li key={note.noteId} className="flex gap-3 py-3">
              <Avatar name={note.author.name} />
              <div className="min-w-0 flex-1">
                <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                  <span className="font-medium">{note.author.name}</span>
                  <Time at={note.at} precision="minute" className="text-xs text-ink-muted" />
                </div>
                <p className="whitespace-pre-wrap wrap-anywhere">
                  {note.body ?? <span className="text-ink-faint">{t("erased")}</span>}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {notes.hasNextPage && (
        <Button
          size="sm"
          className="self-start"
          busy={notes.isFetchingNextPage}
          onClick={() => void notes.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </div>
  );
}
