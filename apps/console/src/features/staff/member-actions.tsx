"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { type Permission, permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { RolesDialog } from "#features/staff/roles-dialog.tsx";
import type { StaffDetail } from "#features/staff/staff-facts.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useReader } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { useFailureToast } from "#lib/use-failure-toast.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Menu, MenuItem } from "#ui/menu.tsx";
import { Reason } from "#ui/reason.tsx";

type Act = "suspend" | "unsuspend" | "signOut" | "resetSignIn";

const permissionOf = {
  suspend: "staff.suspend",
  unsuspend: "staff.suspend",
  signOut: "staff.sign-out",
  resetSignIn: "staff.reset-factors",
} as const satisfies Record<Act, Permission>;

export function MemberActions({ member }: { member: StaffDetail }) {
  const t = useTranslations("staff.actions");
  const reader = useReader();
  const roleNames = useRoleNames();
  const client = useQueryClient();
  const failed = useFailureToast();
  const [act, setAct] = useState<Act>();
  const [roles, setRoles] = useState(false);
  const done = async () => {
    setAct(undefined);
    toast(t("done"), { tone: "good", description: member.name });
    await Promise.all([
      client.invalidateQueries({ queryKey: keyOf("staff.show") }),
      client.invalidateQueries({ queryKey: keyOf("staff.list") }),
    ]);
  };
  const changes = {
    suspend: useMutation({ ...write("staff.suspend"), onSuccess: done }),
    unsuspend: useMutation({ ...write("staff.unsuspend"), onSuccess: done }),
    signOut: useMutation({ ...write("staff.signOut"), onSuccess: done }),
    resetSignIn: useMutation({ ...write("staff.resetSignIn"), onSuccess: done }),
  };
  const again = useMutation({
    ...write("staff.inviteAgain"),
    onSuccess: () => toast(t("sentAgain"), { tone: "good", description: member.email }),
    onError: failed,
  });
  const self = member.staffId === reader.id;
  const why = (permission: Permission) =>
    self
      ? t("self")
      : reader.permissions.has(permission)
        ? undefined
        : t("onlyFor", { roles: roleNames(permissionRow(permission).roles) });
  const rolesWhy = why("staff.grant-role");
  const change = act === undefined ? undefined : changes[act];
  const failure = change?.error == null ? undefined : failureOf(change.error);

  function item(name: Act) {
    const reason = why(permissionOf[name]);
    return (
      <MenuItem
        danger={name === "suspend"}
        disabled={reason !== undefined}
        {...(reason === undefined ? {} : { hint: reason })}
        onSelect={() => {
          changes[name].reset();
          setAct(name);
        }}
      >
        {t(`acts.${name}`)}
      </MenuItem>
    );
  }

  return (
    <>
      {member.status === "INVITED" && reader.permissions.has("staff.invite") && (
        <Button busy={again.isPending} onClick={() => again.mutate({ staffId: member.staffId })}>
          {t("inviteAgain")}
        </Button>
      )}
      <Reason text={rolesWhy}>
        <Button disabled={rolesWhy !== undefined} onClick={() => setRoles(true)}>
          {t("roles")}
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
        {item("signOut")}
        {item("resetSignIn")}
        {item(member.status === "SUSPENDED" ? "unsuspend" : "suspend")}
      </Menu>
      <RolesDialog member={member} open={roles} onClose={() => setRoles(false)} />
      <ConfirmDialog
        open={act !== undefined}
        onOpenChange={() => setAct(undefined)}
        title={act === undefined ? "" : t(`titles.${act}`, { name: member.name })}
        action={act === undefined ? "" : t(`acts.${act}`)}
        danger={act === "suspend"}
        busy={change?.isPending ?? false}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <KeyValues
            items={[
              { label: t("who"), value: `${member.name} (${member.email})` },
              { label: t("effect"), value: act === undefined ? "" : t(`effects.${act}`) },
            ]}
          />
        }
        onConfirm={(reason) => change?.mutate({ staffId: member.staffId, reason })}
      />
    </>
  );
}
