"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, BookmarkPlus, Check, Users } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ManageViewsDialog } from "#features/views/manage-views-dialog.tsx";
import { SaveViewDialog } from "#features/views/save-view-dialog.tsx";
import { keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { useFailureToast } from "#lib/use-failure-toast.ts";
import { type SavedState, sameState } from "#lib/use-list-url.ts";
import { Button } from "#ui/button.tsx";
import { Menu, MenuGroup, MenuItem, MenuLine } from "#ui/menu.tsx";

export type SavedView = OutputOf<"view.list">[number];

interface ViewsMenuProps {
  /** The list's name in saved views; never changes. */
  readonly list: string;
  readonly state: SavedState;
  readonly onApply: (state: SavedView["state"]) => void;
}

/** Filters, sort and columns under a name: one's own, and those that others share. */
export function ViewsMenu({ list, state, onApply }: ViewsMenuProps) {
  const t = useTranslations("views");
  const client = useQueryClient();
  const failed = useFailureToast();
  const [dialog, setDialog] = useState<"save" | "manage">();
  const views = useQuery(read("view.list", { list }));
  const remove = useMutation({
    ...write("view.remove"),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf("view.list") }),
    onError: failed,
  });
  const known = views.data ?? [];
  const plain = Object.keys(state).length === 0;
  const current = plain ? undefined : known.find((view) => sameState(view.state, state));
  const own = known.filter((view) => view.own);
  const shared = known.filter((view) => !view.own);
  const item = (view: SavedView) => (
    <MenuItem
      key={view.viewId}
      icon={view === current ? <Check /> : view.shared ? <Users /> : <Bookmark />}
      onSelect={() => onApply(view.state)}
    >
      {view.name}
    </MenuItem>
  );
  return (
    <>
      <Menu
        align="end"
        className="max-w-80 min-w-56"
        trigger={
          <Button>
            <Bookmark />
            <span className="max-w-40 truncate">{current?.name ?? (plain ? t("all") : t("unsaved"))}</span>
          </Button>
        }
      >
        <MenuItem icon={plain ? <Check /> : <span className="size-4" />} onSelect={() => onApply({})}>
          {t("all")}
        </MenuItem>
        {own.length > 0 && <MenuGroup label={t("own")}>{own.map(item)}</MenuGroup>}
        {shared.length > 0 && <MenuGroup label={t("shared")}>{shared.map(item)}</MenuGroup>}
        <MenuLine />
        <MenuItem
          icon={<BookmarkPlus />}
          disabled={plain || current !== undefined}
          {...(plain ? { hint: t("nothingToSave") } : {})}
          onSelect={() => setDialog("save")}
        >
          {t("save")}
        </MenuItem>
        {own.length > 0 && <MenuItem onSelect={() => setDialog("manage")}>{t("manage")}</MenuItem>}
      </Menu>
      <SaveViewDialog list={list} state={state} open={dialog === "save"} onClose={() => setDialog(undefined)} />
      <ManageViewsDialog
        views={own}
        open={dialog === "manage"}
        onClose={() => setDialog(undefined)}
        onRemove={(viewId) => remove.mutate({ viewId })}
      />
    </>
  );
}
