"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { openAmlCaseStates } from "@pitboss/domain/compliance/aml/case-machine";
import { useTranslations } from "use-intl";
import { type AmlCaseDetail, SarState } from "#features/aml/case-state.tsx";
import { DraftDialog } from "#features/aml/draft-dialog.tsx";
import { SarDocument } from "#features/aml/sar-document.tsx";
import { keyOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Time } from "#ui/time.tsx";

type Sar = OutputOf<"aml.sar">;
type Asked = { readonly what: "file" | "discard" | "acknowledge"; readonly sarId: string };

/** Reports of suspicious activity of a case: drafting, filing by two people, and the authority's receipt. */
export function CaseSars({ found }: { found: AmlCaseDetail }) {
  const t = useTranslations("monitoring.sar");
  const may = useMay("aml.work");
  const router = useRouter();
  const client = useQueryClient();
  const [drafting, setDrafting] = useState<Sar | "new">();
  const [shown, setShown] = useState<Sar>();
  const [asked, setAsked] = useState<Asked>();
  const refresh = async () => {
    setAsked(undefined);
    await Promise.all(
      (["aml.case", "aml.sars", "aml.cases"] as const).map((path) =>
        client.invalidateQueries({ queryKey: keyOf(path) }),
      ),
    );
  };
  const look = useMutation({ ...write("aml.sar") });
  const discard = useMutation({ ...write("aml.discard"), onSuccess: refresh });
  const acknowledge = useMutation({ ...write("aml.acknowledge"), onSuccess: refresh });
  const file = useMutation({
    ...write("aml.file"),
    onSuccess: ({ approvalId }) => router.push(`/approvals/${approvalId}`),
  });
  const error = discard.error ?? acknowledge.error ?? file.error;
  const failure = error === null ? undefined : failureOf(error);
  const open = (openAmlCaseStates as readonly string[]).includes(found.state);
  const draft = found.sars.find(({ state }) => state === "DRAFT");

  function ask(what: Asked["what"], sarId: string) {
    discard.reset();
    acknowledge.reset();
    file.reset();
    setAsked({ what, sarId });
  }

  return (
    <div className="flex flex-col gap-3">
      {found.sars.length === 0 && <p className="text-ink-muted">{t("none")}</p>}
      <ul className="flex flex-col gap-3">
        {found.sars.map((sar) => (
          <li key={sar.sarId} className="flex flex-wrap items-center gap-2">
            <IdChip id={sar.sarId} />
            <SarState state={sar.state} />
            <span className="text-ink-muted">
              {sar.authority} · <Time at={sar.updatedAt} />
            </span>
            {may && (
              <>
                <Button size="sm" onClick={() => look.mutate({ sarId: sar.sarId }, { onSuccess: setShown })}>
                  {t("show")}
                </Button>
                {sar.state === "DRAFT" && found.mine && (
                  <>
                    <Button size="sm" onClick={() => look.mutate({ sarId: sar.sarId }, { onSuccess: setDrafting })}>
                      {t("edit")}
                    </Button>
                    <Button size="sm" onClick={() => ask("discard", sar.sarId)}>
                      {t("discard")}
                    </Button>
                    <Button size="sm" look="solid" onClick={() => ask("file", sar.sarId)}>
                      {t("file")}
                    </Button>
                  </>
                )}
                {sar.state === "FILED" && (
                  <Button size="sm" onClick={() => ask("acknowledge", sar.sarId)}>
                    {t("acknowledge")}
                  </Button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {may && open && found.mine && draft === undefined && (
        <div>
          <Button onClick={() => setDrafting("new")}>{t("draft")}</Button>
        </div>
      )}
      {shown !== undefined && <SarDocument sar={shown} onClose={() => setShown(undefined)} />}
      {drafting !== undefined && (
        <DraftDialog
          caseId={found.caseId}
          sar={drafting === "new" ? undefined : drafting}
          onDone={() => {
            setDrafting(undefined);
            void refresh();
          }}
          onClose={() => setDrafting(undefined)}
        />
      )}
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={asked === undefined ? "" : t(asked.what)}
        action={asked === undefined ? "" : t(asked.what)}
        preview={asked === undefined ? "" : t(`previews.${asked.what}`)}
        busy={discard.isPending || acknowledge.isPending || file.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        onConfirm={(reason) => {
          if (asked === undefined) return;
          const { sarId, what } = asked;
          if (what === "file") file.mutate({ sarId, reason });
          else if (what === "discard") discard.mutate({ sarId, reason });
          else acknowledge.mutate({ sarId, receipt: reason });
        }}
      />
    </div>
  );
}
