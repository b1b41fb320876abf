"use client";

import { Ban } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { VoidDialog } from "#features/bets/void-dialog.tsx";
import type { InputOf } from "#lib/api.ts";
import { IconButton } from "#ui/icon-button.tsx";

/** Proposes to void every held bet that the list's filters find, on whatever page it is. The filters must say since when. */
export function VoidMatching({ filters }: { filters: NonNullable<InputOf<"bet.list">> }) {
  const t = useTranslations("bets.void");
  const [open, setOpen] = useState(false);
  // A bet that is held has no outcome and no payout, and the page says nothing about which bets are meant.
  const { from, status, outcome: _outcome, minPayout: _payout, cursor: _cursor, limit: _limit, ...rest } = filters;
  const why = from == null ? t("sinceWhen") : status != null && status !== "HELD" ? t("onlyHeld") : undefined;
  return (
    <>
      <IconButton
        size="sm"
        label={why === undefined ? t("matching") : `${t("matching")}: ${why}`}
        disabled={why !== undefined}
        focusableWhenDisabled
        onClick={() => setOpen(true)}
      >
        <Ban />
      </IconButton>
      {from != null && (
        <VoidDialog
          open={open}
          title={t("matchingTitle")}
          selection={{ by: "filter", filter: { ...rest, from } }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
