"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { GameDetail } from "#features/games/game-facts.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

export function PlanMaintenance({ game }: { game: GameDetail }) {
  const t = useTranslations("games.maintenance");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [by, setBy] = useState<"game" | "provider">("game");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const plan = useMutation({
    ...write("game.planMaintenance"),
    onSuccess: async () => {
      setOpen(false);
      toast(t("planned"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("game.show") });
    },
  });
  const [begins, ends] = [readUtc(from), readUtc(until)];
  const ordered = begins === undefined || ends === undefined || begins < ends;
  const failure = plan.error === null ? undefined : failureOf(plan.error);
  const target = by === "game" ? ({ by, game: game.code } as const) : ({ by, provider: game.providerCode } as const);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("plan")}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("planTitle")}
        action={t("plan")}
        disabled={begins === undefined || ends === undefined || !ordered}
        busy={plan.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <div className="flex flex-col gap-3">
            <FormField label={t("target")}>
              <Select
                value={by}
                onChange={setBy}
                choices={[
                  { value: "game", label: t("game") },
                  { value: "provider", label: t("provider", { provider: game.providerName }) },
                ]}
              />
            </FormField>
            <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
              <FormField
                label={t("from")}
                hint={t("format")}
                error={from !== "" && begins === undefined ? t("wrong") : undefined}
              >
                <TextInput value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
              </FormField>
              <FormField
                label={t("until")}
                hint={t("format")}
                error={until !== "" && ends === undefined ? t("wrong") : ordered ? undefined : t("order")}
              >
                <TextInput value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
              </FormField>
            </div>
            <p className="text-xs text-ink-muted">{t("effect")}</p>
          </div>
        }
        onConfirm={(reason) => {
          if (begins !== undefined && ends !== undefined) plan.mutate({ target, from: begins, until: ends, reason });
        }}
      />
    </>
  );
}

/** `2026-11-30 02:00` as an instant, UTC. */
function readUtc(text: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(text.trim());
  const at = match === null ? Number.NaN : Date.parse(`${match[1] ?? ""}T${match[2] ?? ""}:00Z`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
