"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { SquareTerminal } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Notice } from "#ui/notice.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextInput } from "#ui/text-input.tsx";
import { Time } from "#ui/time.tsx";

/** Lets a terminal in as oneself: its code is typed, what it says of itself is looked at, then a second factor is given. */
export function TerminalPage() {
  const t = useTranslations("terminal");
  const [code, setCode] = useQueryState("code", parseAsString);
  const [typed, setTyped] = useState(code ?? "");
  const terminal = useQuery({ ...read("account.terminal", { userCode: code ?? "" }), enabled: code !== null });
  const answer = useMutation(write("account.answerTerminal"));
  const failure = answer.error === null ? undefined : failureOf(answer.error);
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={t("lead")} />
      <div className="flex max-w-md flex-col gap-5 px-(--page-x) pt-2">
        {answer.data !== undefined ? (
          <Notice
            tone={answer.data.letIn ? "good" : "neutral"}
            live
            title={t(answer.data.letIn ? "letIn" : "turnedAway")}
          >
            {t(answer.data.letIn ? "letInHint" : "turnedAwayHint")}
          </Notice>
        ) : (
          <>
            <form
              className="flex items-end gap-2"
              onSubmit={(event) => {
                event.preventDefault();
                void setCode(typed.trim() === "" ? null : typed.trim().toUpperCase());
              }}
            >
              <FormField label={t("code")} className="flex-1">
                <TextInput
                  autoFocus
                  autoComplete="off"
                  spellCheck={false}
                  placeholder="ABCD-EFGH"
                  className="font-mono uppercase placeholder:normal-case"
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                />
              </FormField>
              <Button type="submit">{t("find")}</Button>
            </form>
            {code !== null && terminal.error !== null && <FailureNotice failure={failureOf(terminal.error)} />}
            {code !== null && terminal.isPending && <Skeleton className="h-32 rounded-lg" />}
            {terminal.data !== undefined && (
              <div className="flex flex-col gap-4 rounded-lg border border-line p-4">
                <div className="flex items-center gap-2 font-medium">
                  <SquareTerminal aria-hidden className="size-4 text-ink-muted" />
                  {terminal.data.client}
                </div>
                <KeyValues
                  items={[
                    { label: t("shows"), value: <span className="font-mono">{terminal.data.userCode}</span> },
                    { label: t("from"), value: <span className="font-mono text-xs">{terminal.data.ip ?? "–"}</span> },
                    { label: t("asked"), value: <Time at={terminal.data.askedAt} relative /> },
                    { label: t("until"), value: <Time at={terminal.data.expiresAt} relative /> },
                  ]}
                />
                <Notice tone="warn">{t("warning")}</Notice>
                {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
                <div className="flex gap-2">
                  <Button
                    look="solid"
                    busy={answer.isPending}
                    onClick={() => answer.mutate({ userCode: code ?? "", letIn: true })}
                  >
                    {t("letInAction")}
                  </Button>
                  <Button
                    disabled={answer.isPending}
                    onClick={() => answer.mutate({ userCode: code ?? "", letIn: false })}
                  >
                    {t("turnAway")}
                  </Button>
                </div>
              </div>
            )}
          </>
        )}
      </div>
    </ScrollPage>
  );
}
