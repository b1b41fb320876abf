"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { StoredProfileRow } from "@pitboss/domain/risk/limit-profile";
import { formatProfileLines, parseProfileLines } from "@pitboss/domain/risk/profile-lines";
import { useTranslations } from "use-intl";
import type { ProfileView } from "#features/rules/limit-profiles-page.tsx";
import { ProposeDialog } from "#features/rules/propose-dialog.tsx";
import { api, type InputOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FormField } from "#ui/form-field.tsx";
import { TextArea } from "#ui/text-area.tsx";

/** Proposes the next version of a limit profile, from the newest one. */
export function ProfileDialog({ newest, onClose }: { newest: ProfileView; onClose: () => void }) {
  const t = useTranslations("rg.rules");
  const router = useRouter();
  const [text, setText] = useState(() => formatProfileLines(newest.rows));
  const [wrong, setWrong] = useState<string>();
  const [diff, setDiff] = useState<OutputOf<"limitProfile.diff">>();
  const show = useMutation({
    mutationFn: (input: InputOf<"limitProfile.diff">) => api.limitProfile.diff.query(input),
    onSuccess: setDiff,
  });
  const propose = useMutation({
    ...write("limitProfile.propose"),
    onSuccess: ({ approvalId }) => router.push(`/approvals/${approvalId}`),
  });
  const error = propose.error ?? show.error;

  function withRows(use: (rows: StoredProfileRow[]) => void) {
    const rows = parseProfileLines(text);
    const fault = rows.ok
      ? undefined
      : t("badLine", { line: String(rows.error.data?.["line"] ?? ""), why: rows.error.detail ?? "" });
    setWrong(fault);
    if (rows.ok) use(rows.value);
  }

  const { profile } = newest;
  return (
    <ProposeDialog
      open
      title={t("editTitle", { version: String(newest.version + 1), name: profile })}
      diff={diff}
      failure={error === null ? undefined : failureOf(error)}
      busy={propose.isPending}
      onShow={(effectiveFrom) => {
        setDiff(undefined);
        withRows((rows) => show.mutate({ profile, rows, effectiveFrom }));
      }}
      onPropose={(proposed) => withRows((rows) => propose.mutate({ profile, rows, ...proposed }))}
      onClose={onClose}
    >
      <FormField label={t("rulesField")} hint={t("rowsHint")} error={wrong}>
        <TextArea
          rows={12}
          spellCheck={false}
          className="font-mono text-xs"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setDiff(undefined);
          }}
        />
      </FormField>
    </ProposeDialog>
  );
}
