"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Lock, LockOpen, Scale, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Permission, permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { AdjustDialog } from "#features/players/adjust-dialog.tsx";
import { EraseDialog } from "#features/players/erase-dialog.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import { keyOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useReader } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Menu, MenuItem } from "#ui/menu.tsx";
import { Reason } from "#ui/reason.tsx";

type Player = OutputOf<"player.show">;

/** What may be done with a player; what this person may not do is shown with who may. */
export function PlayerActions({ player }: { player: Player }) {
  const t = useTranslations("players.actions");
  const reader = useReader();
  const roleNames = useRoleNames();
  const [dialog, setDialog] = useState<"lock" | "adjust" | "erase">();
  const locked = player.status === "BLOCKED";
  const missing = (permission: Permission) =>
    reader.permissions.has(permission)
      ? undefined
      : t("onlyFor", { roles: roleNames(permissionRow(permission).roles) });
  const lockWhy = player.status === "CLOSED" ? t("closed") : missing(locked ? "player.unlock" : "player.lock");
  const adjustWhy = missing("adjustment.propose");
  const eraseWhy = player.erased ? t("erased") : missing("player.erase");
  return (
    <>
      <Reason text={adjustWhy}>
        <Button disabled={adjustWhy !== undefined} onClick={() => setDialog("adjust")}>
          <Scale />
          {t("adjust")}
        </Button>
      </Reason>
      <Reason text={lockWhy}>
        <Button disabled={lockWhy !== undefined} onClick={() => setDialog("lock")}>
          {locked ? <LockOpen /> : <Lock />}
          {t(locked ? "unlock" : "lock")}
        </Button>
      </Reason>
      <Menu
        align="end"
        trigger={
          <IconButton label={t("more")} look="plain">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Trash2 />}
          danger
          disabled={eraseWhy !== undefined}
          {...(eraseWhy === undefined ? {} : { hint: eraseWhy })}
          onSelect={() => setDialog("erase")}
        >
          {t("erase")}
        </MenuItem>
      </Menu>
      <LockDialog player={player} open={dialog === "lock"} onClose={() => setDialog(undefined)} />
      <AdjustDialog playerId={player.playerId} open={dialog === "adjust"} onClose={() => setDialog(undefined)} />
      <EraseDialog player={player} open={dialog === "erase"} onClose={() => setDialog(undefined)} />
    </>
  );
}

interface LockDialogProps {
  readonly player: Player;
  readonly open: boolean;
  readonly onClose: () => void;
}

function LockDialog({ player, open, onClose }: LockDialogProps) {
  const t = useTranslations("players.actions");
  const words = useTranslations("words.playerStatus");
  const client = useQueryClient();
  const locked = player.status === "BLOCKED";
  const done = async () => {
    onClose();
    toast(t(locked ? "unlocked" : "locked"), { tone: "good" });
    await Promise.all([
      client.invalidateQueries({ queryKey: keyOf("player.show") }),
      client.invalidateQueries({ queryKey: keyOf("player.list") }),
      client.invalidateQueries({ queryKey: keyOf("player.timeline") }),
    ]);
  };
  const lock = useMutation({ ...write("player.lock"), onSuccess: done });
  const unlock = useMutation({ ...write("player.unlock"), onSuccess: done });
  const change = locked ? unlock : lock;
  const failure = change.error === null ? undefined : failureOf(change.error);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t(locked ? "unlockTitle" : "lockTitle", { name: player.nickname })}
      action={t(locked ? "unlock" : "lock")}
      danger={!locked}
      busy={change.isPending}
      failure={failure}
      preview={
        <KeyValues
          items={[
            { label: t("player"), value: `${player.nickname} (${player.playerId})` },
            { label: t("status"), value: `${words(player.status)} → ${words(locked ? "ACTIVE" : "BLOCKED")}` },
            { label: t("effect"), value: t(locked ? "unlockEffect" : "lockEffect") },
          ]}
        />
      }
      onConfirm={(reason) => {
        if (locked) unlock.mutate({ playerId: player.playerId, reason });
        else lock.mutate({ playerId: player.playerId, reason, signOut: true });
      }}
    />
  );
}
