"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import {
  experimentCode,
  type LobbyVariant,
  lobbyOrders,
  lobbyVariants,
} from "@pitboss/domain/catalog/lobby-experiment";
import { write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface Draft {
  readonly code: string;
  readonly weight: string;
  readonly order: LobbyVariant["order"];
  readonly categories: string;
  readonly tags: string;
}

const blank: Draft = { code: "", weight: "1", order: "NAME", categories: "", tags: "" };
const mostVariants = 6;

export function StartExperiment() {
  const t = useTranslations("lobby");
  const may = useMay("game.change");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [drafts, setDrafts] = useState<readonly Draft[]>([{ ...blank, code: "as-it-is" }, blank]);
  const start = useMutation({
    ...write("lobby.start"),
    onSuccess: (started) => {
      setOpen(false);
      toast(t("started"), { tone: "good" });
      router.push(`/lobby/${started.code}`);
    },
  });
  if (!may) return null;
  const failure = start.error === null ? undefined : failureOf(start.error);
  const variants = lobbyVariants.safeParse(drafts.map(readDraft));
  const complete = variants.success && experimentCode.safeParse(code.trim()).success && name.trim() !== "";
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("start")}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("startTitle")}
        action={t("start")}
        disabled={!complete}
        busy={start.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <div className="flex flex-col gap-3">
            <p className="text-xs text-ink-muted">{t("startEffect")}</p>
            <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
              <FormField label={t("columns.code")} hint={t("codeHint")}>
                <TextInput value={code} maxLength={40} onChange={(event) => setCode(event.currentTarget.value)} />
              </FormField>
              <FormField label={t("columns.name")}>
                <TextInput value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} />
              </FormField>
            </div>
            {drafts.map((draft, index) => (
              <VariantFields
                // A variant has no name before one is typed: its place is what tells it apart.
                key={String(index)}
                number={index + 1}
                draft={draft}
                onChange={(change) =>
                  setDrafts(drafts.map((one, place) => (place === index ? { ...one, ...change } : one)))
                }
              />
            ))}
            {drafts.length < mostVariants && (
              <Button size="sm" onClick={() => setDrafts([...drafts, blank])}>
                {t("add")}
              </Button>
            )}
          </div>
        }
        onConfirm={(reason) => {
          if (variants.success) start.mutate({ code: code.trim(), name: name.trim(), variants: variants.data, reason });
        }}
      />
    </>
  );
}

function readDraft({ code, weight, order, categories, tags }: Draft) {
  return { code: code.trim(), weight: Number(weight), order, categories: readWords(categories), tags: readWords(tags) };
}

function readWords(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

interface FieldsProps {
  readonly number: number;
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function VariantFields({ number, draft, onChange }: FieldsProps) {
  const t = useTranslations("lobby");
  const texts = [
    { field: "code", label: t("columns.code"), hint: t("codeHint") },
    { field: "weight", label: t("weight"), hint: undefined },
    { field: "categories", label: t("categories"), hint: t("wordsHint") },
    { field: "tags", label: t("tags"), hint: t("wordsHint") },
  ] as const;
  return (
    <fieldset className="grid grid-cols-1 gap-3 border-t border-line pt-2 sm:grid-cols-2">
      <legend className="pe-2 font-medium">{t("nth", { number: String(number) })}</legend>
      {texts.map(({ field, label, hint }) => (
        <FormField key={field} label={label} hint={hint}>
          <TextInput
            value={draft[field]}
            maxLength={field === "weight" ? 4 : 400}
            spellCheck={false}
            onChange={(event) => onChange({ [field]: event.currentTarget.value })}
          />
        </FormField>
      ))}
      <FormField label={t("order")}>
        <Select
          value={draft.order}
          onChange={(order) => onChange({ order })}
          choices={lobbyOrders.map((value) => ({ value, label: t(`orders.${value}`) }))}
        />
      </FormField>
    </fieldset>
  );
}
