"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { isRole, type Role, roles } from "@pitboss/domain/identity/roles";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { StaffNavigation } from "#features/staff/staff-navigation.tsx";
import { keyOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Select } from "#ui/select.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface Change {
  readonly act: "add" | "remove";
  readonly role: Role;
  readonly network: string;
}

/** From which networks each role may be used. */
export function NetworksPage() {
  const t = useTranslations("staff.networks");
  const staff = useTranslations("staff");
  const roleWords = useTranslations("roles");
  const roleNames = useRoleNames();
  const client = useQueryClient();
  const mayChange = useMay("staff.ip-rules");
  const [role, setRole] = useState<Role>("support");
  const [network, setNetwork] = useState("");
  const [change, setChange] = useState<Change>();
  const networks = useQuery(read("staff.networks"));
  const done = async () => {
    setChange(undefined);
    setNetwork("");
    toast(t("changed"), { tone: "good" });
    await client.invalidateQueries({ queryKey: keyOf("staff.networks") });
  };
  const add = useMutation({ ...write("staff.addNetwork"), onSuccess: done });
  const remove = useMutation({ ...write("staff.removeNetwork"), onSuccess: done });
  const running = change?.act === "remove" ? remove : add;
  const failure = running.error === null ? undefined : failureOf(running.error);
  function ask(next: Change) {
    add.reset();
    remove.reset();
    setChange(next);
  }
  return (
    <ScrollPage>
      <PageHeader title={staff("title")} summary={t("lead")} />
      <StaffNavigation />
      <div className="flex max-w-3xl flex-col gap-5 px-(--page-x)">
        {mayChange ? (
          <form
            className="flex flex-wrap items-end gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              if (network.trim() !== "") ask({ act: "add", role, network: network.trim() });
            }}
          >
            <FormField label={t("role")} className="w-44">
              <Select
                value={role}
                onChange={setRole}
                choices={roles.map((value) => ({ value, label: roleWords(value) }))}
              />
            </FormField>
            <FormField label={t("network")} className="w-56">
              <TextInput
                placeholder="203.0.113.0/24"
                value={network}
                onChange={(event) => setNetwork(event.currentTarget.value)}
              />
            </FormField>
            <Button type="submit">{t("add")}</Button>
          </form>
        ) : (
          <p className="text-xs text-ink-faint">
            {staff("onlyFor", { roles: roleNames(permissionRow("staff.ip-rules").roles) })}
          </p>
        )}
        {networks.data === undefined ? (
          networks.error === null ? (
            <Skeleton className="h-24 rounded-md" />
          ) : (
            <FailureState failure={failureOf(networks.error)} onRetry={() => void networks.refetch()} />
          )
        ) : (
          <RecordList
            label={staff("parts.networks")}
            rows={networks.data}
            rowKey={(row) => `${row.role} ${row.network}`}
            empty={<Empty title={t("none")} hint={t("noneHint")} />}
            cells={(row) => [
              isRole(row.role) ? roleWords(row.role) : row.role,
              <span key="network" className="font-mono text-xs">
                {row.network}
              </span>,
              mayChange && isRole(row.role) && (
                <Button
                  key="remove"
                  size="sm"
                  look="quiet"
                  onClick={() => {
                    if (isRole(row.role)) ask({ act: "remove", role: row.role, network: row.network });
                  }}
                >
                  {t("remove")}
                </Button>
              ),
            ]}
          />
        )}
      </div>
      <ConfirmDialog
        open={change !== undefined}
        onOpenChange={() => setChange(undefined)}
        title={t(change?.act === "remove" ? "removeTitle" : "addTitle")}
        action={t(change?.act === "remove" ? "remove" : "add")}
        danger={change?.act === "remove"}
        busy={running.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        preview={
          <KeyValues
            items={[
              { label: t("role"), value: change === undefined ? "" : roleWords(change.role) },
              { label: t("network"), value: change?.network },
              { label: t("effect"), value: t(change?.act === "remove" ? "removeEffect" : "addEffect") },
            ]}
          />
        }
        onConfirm={(reason) => {
          if (change !== undefined) running.mutate({ role: change.role, network: change.network, reason });
        }}
      />
    </ScrollPage>
  );
}
