"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PlanDialog } from "#features/plans/plan-dialog.tsx";
import { api, type InputOf, read } from "#lib/api.ts";
import { Button } from "#ui/button.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { Select } from "#ui/select.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

type Params = Omit<InputOf<"freeSpins.issue">, "playerId" | "reason">;

interface Wish {
  readonly players: readonly string[];
  readonly params: Params;
}

const fields = ["campaign", "spins", "betLevel", "days"] as const;
type Draft = Readonly<Record<(typeof fields)[number] | "players", string>>;
const blank: Draft = { players: "", campaign: "", spins: "10", betLevel: "", days: "7" };
const mostGames = 200;

/** First what is given to whom, then what the engine would make of it, player by player. */
export function IssueFreeSpins({ provider, onDone }: { provider: string; onDone: () => void }) {
  const t = useTranslations("providers.spins");
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(blank);
  const [code, setCode] = useState<string>();
  const [currency, setCurrency] = useState<string>();
  const [wish, setWish] = useState<Wish>();
  const found = useQuery({ ...read("game.list", { provider, limit: mostGames }), enabled: open });
  const games = found.data?.rows ?? [];
  const game = games.find((one) => one.code === code) ?? games[0];
  const currencies = Object.keys(game?.limits ?? {});
  const chosen = currencies.find((one) => one === currency) ?? currencies[0];
  const params = game === undefined || chosen === undefined ? undefined : paramsOf(draft, provider, game.code, chosen);
  const players = draft.players.split(/[\s,]+/).filter((id) => id !== "");
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("issue")}</Button>
      <Modal
        open={open}
        onOpenChange={setOpen}
        title={t("issueTitle")}
        footer={
          <Button
            look="solid"
            disabled={params === undefined || players.length === 0}
            onClick={() => {
              if (params === undefined) return;
              setOpen(false);
              setWish({ players, params });
            }}
          >
            {t("preview")}
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <FormField label={t("players")} hint={t("playersHint")}>
            <TextArea
              rows={2}
              spellCheck={false}
              value={draft.players}
              onChange={(event) => setDraft({ ...draft, players: event.currentTarget.value })}
            />
          </FormField>
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            <FormField label={t("game")}>
              <Select
                value={game?.code}
                onChange={setCode}
                choices={games.map(({ code: value, name: label }) => ({ value, label }))}
              />
            </FormField>
            <FormField label={t("currency")}>
              <Select
                value={chosen}
                onChange={setCurrency}
                choices={currencies.map((value) => ({ value, label: value }))}
              />
            </FormField>
            {fields.map((field) => (
              <FormField key={field} label={t(field)} hint={field === "spins" ? undefined : t(`${field}Hint`)}>
                <TextInput
                  value={draft[field]}
                  maxLength={80}
                  {...(field === "campaign" ? {} : { inputMode: "numeric" as const })}
                  onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
                />
              </FormField>
            ))}
          </div>
        </div>
      </Modal>
      {wish !== undefined && (
        <PlanDialog
          open
          onClose={() => setWish(undefined)}
          title={t("issueTitle")}
          action={t("issue")}
          ids={wish.players}
          show={(targets) => api.plan.freeSpinsIssue.show.query({ targets: [...targets], params: wish.params })}
          carryOut={(plan, items, reason) =>
            api.plan.freeSpinsIssue.carryOut.mutate({ plan, items: [...items], params: wish.params, reason })
          }
          onDone={onDone}
        />
      )}
    </>
  );
}

/** Undefined where something is missing or is no number. */
function paramsOf(draft: Draft, provider: string, game: string, currency: string): Params | undefined {
  const [spins, days] = [wholeOf(draft.spins), wholeOf(draft.days)];
  const betLevel = draft.betLevel.trim() === "" ? null : wholeOf(draft.betLevel);
  const campaign = draft.campaign.trim();
  if (spins === undefined || days === undefined || betLevel === undefined || campaign === "") return undefined;
  const dayMs = 86_400_000;
  const validUntil = new Date((Math.floor(Date.now() / dayMs) + days) * dayMs).toISOString();
  return { provider, games: [game], currency, spins, betLevel, validUntil, campaign };
}

function wholeOf(text: string): number | undefined {
  const bare = text.trim();
  return /^[1-9][0-9]{0,5}$/.test(bare) ? Number(bare) : undefined;
}
