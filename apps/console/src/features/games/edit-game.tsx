"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { draftOf, readDraft } from "#features/games/game-draft.ts";
import type { GameDetail } from "#features/games/game-facts.tsx";
import { GameFields } from "#features/games/game-fields.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Reason } from "#ui/reason.tsx";
import { Switch } from "#ui/switch.tsx";

/** All that a game has but its code, which never changes, and its provider. */
export function EditGame({ game }: { game: GameDetail }) {
  const t = useTranslations("games.edit");
  const roleNames = useRoleNames();
  const may = useMay("game.change");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(game));
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
  const read = readDraft(game.code, draft);
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
            <GameFields draft={draft} onChange={setDraft} />
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

function whatIsWrong(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  return issue === undefined ? "" : `${issue.path.map(String).join(".")}: ${issue.message}`;
}
