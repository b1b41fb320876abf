"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ProfileName, profileNames } from "@pitboss/domain/risk/limit-profile";
import { useTranslations } from "use-intl";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";

/** Gives the player another limit profile. */
export function AssignProfile({ playerId, profile }: { playerId: string; profile: string }) {
  const t = useTranslations("rg.act");
  const player = useTranslations("rg.player");
  const client = useQueryClient();
  const may = useMay("profile.assign");
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState<ProfileName>("DEFAULT");
  const assign = useMutation({
    ...write("limitProfile.assign"),
    onSuccess: async () => {
      setOpen(false);
      toast(t("done"), { tone: "good" });
      await Promise.all(
        (["rg.show", "limitProfile.explain"] as const).map((path) =>
          client.invalidateQueries({ queryKey: keyOf(path) }),
        ),
      );
    },
  });
  if (!may) return null;
  const failure = assign.error === null ? undefined : failureOf(assign.error);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("assign")}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={() => setOpen(false)}
        title={t("assign")}
        action={t("assign")}
        disabled={wanted === profile}
        busy={assign.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <div className="flex flex-col gap-3">
            <p>{t("assignLead")}</p>
            <FormField label={player("profile")}>
              <Select
                value={wanted}
                onChange={setWanted}
                choices={profileNames.map((value) => ({ value, label: value }))}
              />
            </FormField>
          </div>
        }
        onConfirm={(reason) => assign.mutate({ playerId, profile: wanted, reason })}
      />
    </>
  );
}
