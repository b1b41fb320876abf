"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { keyOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Menu, MenuItem } from "#ui/menu.tsx";

export type Provider = OutputOf<"game.providers">[number];

/** Pauses a provider whose games are in trouble, or lets it go on. */
export function ProviderSwitches({ providers }: { providers: readonly Provider[] }) {
  const t = useTranslations("games.providers");
  const may = useMay("provider.pause");
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Provider>();
  const pause = useMutation({
    ...write("provider.setPaused"),
    onSuccess: async () => {
      setChosen(undefined);
      toast(t("changed"), { tone: "good" });
      await Promise.all(
        (["game.providers", "game.list", "game.show"] as const).map((path) =>
          client.invalidateQueries({ queryKey: keyOf(path) }),
        ),
      );
    },
  });
  if (!may || providers.length === 0) return null;
  const failure = pause.error === null ? undefined : failureOf(pause.error);
  const stops = chosen?.paused === null;
  return (
    <>
      <Menu trigger={<Button look="quiet">{t("title")}</Button>}>
        {providers.map((provider) => (
          <MenuItem key={provider.code} onSelect={() => setChosen(provider)}>
            {provider.name}: {t(provider.paused === null ? "on" : "paused")}
          </MenuItem>
        ))}
      </Menu>
      <ConfirmDialog
        open={chosen !== undefined}
        onOpenChange={() => setChosen(undefined)}
        title={chosen === undefined ? "" : t(stops ? "pauseTitle" : "resumeTitle", { provider: chosen.name })}
        action={t(stops ? "pause" : "resume")}
        danger={stops}
        busy={pause.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <KeyValues
            items={[
              {
                label: t("effect"),
                value: stops ? t("pauseEffect", { count: chosen.games }) : t("resumeEffect"),
              },
            ]}
          />
        }
        onConfirm={(reason) => {
          if (chosen !== undefined) pause.mutate({ provider: chosen.code, paused: stops, reason });
        }}
      />
    </>
  );
}
