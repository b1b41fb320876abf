"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { gameEntry, type GameEntry } from "@pitboss/domain/catalog/game-entry";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import type { GameDetail } from "#features/games/game-facts.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Reason } from "#ui/reason.tsx";
import { Switch } from "#ui/switch.tsx";
import { TextInput } from "#ui/text-input.tsx";

const fields = ["name", "category", "tags", "banned", "languages", "limits"] as const;
type Draft = Readonly<Record<(typeof fields)[number], string>>;

/** What people change by hand; the rest comes with the provider's list. */
export function EditGame({ game }: { game: GameDetail }) {
  const t = useTranslations("games.edit");
  const roleNames = useRoleNames();
  const may = useMay("game.change");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Draft>(() => draftOf(game));
  const [takesBets, setTakesBets] = useState(game.open);
  const change = useMutation({
    ...write("game.change"),
    onSuccess: async () => {
      setOpen(false);
      toast(t("changed"), { tone: "good" });
      await Promise.all([
        client.invalidateQueries({ queryKey: keyOf("game.show") }),
        client.invalidateQueries({ queryKey: keyOf("game.list") }),
      ]);
    },
  });
  const read = readDraft(game, draft);
  const failure = change.error === null ? undefined : failureOf(change.error);
  return (
    <>
      <Reason text={may ? undefined : t("onlyFor", { roles: roleNames(permissionRow("game.change").roles) })}>
        <Button disabled={!may} onClick={() => setOpen(true)}>
          {t("action")}
        </Button>
      </Reason>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("title", { name: game.name })}
        action={t("submit")}
        disabled={!read.success}
        busy={change.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <div className="flex flex-col gap-3">
            <Switch label={t("open")} hint={t("openHint")} checked={takesBets} onChange={setTakesBets} />
            {fields.map((field) => (
              <FormField
                key={field}
                label={t(field)}
                hint={field === "limits" ? t("limitsHint") : isList(field) ? t("listHint") : undefined}
              >
                <TextInput
                  value={draft[field]}
                  onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
                />
              </FormField>
            ))}
            {!read.success && (
              <p role="alert" className="text-xs text-bad">
                {t("wrong", { field: whatIsWrong(read.error.issues[0]) })}
              </p>
            )}
          </div>
        }
        onConfirm={(reason) => {
          if (read.success) change.mutate({ game: read.data, open: takesBets, updatedAt: game.updatedAt, reason });
        }}
      />
    </>
  );
}

function isList(field: keyof Draft): boolean {
  return field === "tags" || field === "banned" || field === "languages";
}

function draftOf(game: GameDetail): Draft {
  return {
    name: game.name,
    category: game.category,
    tags: game.tags.join(", "),
    banned: game.bannedCountries.join(", "),
    languages: game.languages.join(", "),
    limits: Object.entries(game.limits)
      .map(([currency, { min, max }]) => `${currency} ${min}-${max}`)
      .join(", "),
  };
}

function readDraft(game: GameDetail, draft: Draft) {
  const limits = listOf(draft.limits).map((part): [string, GameEntry["limits"][string]] => {
    const [currency = "", range = ""] = part.split(/\s+/);
    const [min = "", max = ""] = range.split("-");
    return [currency, { min, max }];
  });
  return gameEntry.safeParse({
    code: game.code,
    name: draft.name,
    category: draft.category.trim(),
    tags: listOf(draft.tags),
    devices: game.devices,
    languages: listOf(draft.languages),
    bannedCountries: listOf(draft.banned),
    jurisdictions: game.jurisdictions,
    limits: Object.fromEntries(limits),
    rtpVersions: game.rtpVersions,
    sideBets: game.sideBets,
    providerLimits: game.providerLimits,
  });
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function whatIsWrong(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  return issue === undefined ? "" : `${issue.path.map(String).join(".")}: ${issue.message}`;
}
