"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Provider } from "#features/games/provider-switches.tsx";
import { PlanView } from "#features/plans/plan-view.tsx";
import { keyOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

type ImportPlan = OutputOf<"game.planImport">;

const mostBadShown = 8;

/** A provider's list: what it would change is shown as soon as the file is chosen, and exactly that is imported. */
export function ImportGames({ providers }: { providers: readonly Provider[] }) {
  const t = useTranslations("games.importing");
  const may = useMay("game.change");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [provider, setProvider] = useState<string>();
  const [file, setFile] = useState<{ format: "csv" | "json"; text: string }>();
  const plan = useMutation(write("game.planImport"));
  const apply = useMutation({
    ...write("game.import"),
    onSuccess: async () => {
      close();
      toast(t("done"), { tone: "good" });
      await Promise.all(
        (["game.list", "game.facets", "game.providers"] as const).map((path) =>
          client.invalidateQueries({ queryKey: keyOf(path) }),
        ),
      );
    },
  });
  if (!may) return null;

  function close() {
    setOpen(false);
    setFile(undefined);
    plan.reset();
    apply.reset();
  }

  function look(from: string | undefined, chosen: typeof file) {
    apply.reset();
    if (from !== undefined && chosen !== undefined) plan.mutate({ provider: from, ...chosen });
  }

  async function take(chosen: File | undefined) {
    if (chosen === undefined) return;
    const next = {
      format: chosen.name.toLowerCase().endsWith(".json") ? ("json" as const) : ("csv" as const),
      text: await chosen.text(),
    };
    setFile(next);
    look(provider, next);
  }

  const broken = apply.error ?? plan.error;
  const failure = broken === null ? undefined : failureOf(broken);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("action")}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={close}
        title={t("title")}
        action={t("apply", { count: plan.data?.count ?? 0 })}
        disabled={plan.data === undefined || plan.data.count === 0}
        busy={apply.isPending || plan.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <div className="flex flex-col gap-3">
            <p className="text-ink-muted">{t("lead")}</p>
            <FormField label={t("provider")}>
              <Select
                placeholder={t("provider")}
                value={provider}
                onChange={(next) => {
                  setProvider(next);
                  look(next, file);
                }}
                choices={providers.map(({ code, name }) => ({ value: code, label: name }))}
              />
            </FormField>
            <FormField label={t("file")}>
              <TextInput
                type="file"
                accept=".csv,.json,text/csv,application/json"
                onChange={(event) => void take(event.currentTarget.files?.[0])}
              />
            </FormField>
            {plan.data !== undefined && <ImportPreview plan={plan.data} />}
          </div>
        }
        onConfirm={(reason) => {
          if (provider !== undefined && file !== undefined && plan.data !== undefined)
            apply.mutate({ provider, ...file, plan: plan.data.hash, reason });
        }}
      />
    </>
  );
}

function ImportPreview({ plan }: { plan: ImportPlan }) {
  const t = useTranslations("games.importing");
  const more = plan.bad.length - mostBadShown;
  return (
    <>
      <KeyValues
        items={[
          { label: t("added"), value: plan.added },
          { label: t("changed"), value: plan.changed },
          { label: t("same"), value: plan.same },
          { label: t("bad"), value: plan.bad.length },
        ]}
      />
      {plan.bad.length > 0 && (
        <ul className="text-xs text-bad">
          {plan.bad.slice(0, mostBadShown).map((bad) => (
            <li key={`${bad.line} ${bad.why}`}>{t("line", bad)}</li>
          ))}
          {more > 0 && <li>{t("more", { count: more })}</li>}
        </ul>
      )}
      <PlanView plan={plan} done={undefined} />
    </>
  );
}
