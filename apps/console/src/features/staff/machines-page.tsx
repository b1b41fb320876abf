"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { IssueKeyDialog } from "#features/staff/issue-key-dialog.tsx";
import { StaffNavigation } from "#features/staff/staff-navigation.tsx";
import { keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Reason } from "#ui/reason.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type MachineKey = OutputOf<"machineKey.list">["rows"][number];

const tones = { LIVE: "good", EXPIRED: "neutral", REVOKED: "neutral" } as const;

/** Keys of other tools: what each may do, from where, and until when. */
export function MachinesPage() {
  const t = useTranslations("staff");
  const roleNames = useRoleNames();
  const mayRead = useMay("machine-key.read");
  const mayManage = useMay("machine-key.manage");
  const client = useQueryClient();
  const [issuing, setIssuing] = useState(false);
  const [ending, setEnding] = useState<MachineKey>();
  const keys = useQuery({ ...read("machineKey.list", {}), enabled: mayRead });
  const revoke = useMutation({
    ...write("machineKey.revoke"),
    onSuccess: async () => {
      setEnding(undefined);
      toast(t("machines.revoked"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("machineKey.list") });
    },
  });
  const why = mayManage ? undefined : t("onlyFor", { roles: roleNames(permissionRow("machine-key.manage").roles) });
  const failure = revoke.error === null ? undefined : failureOf(revoke.error);
  return (
    <ScrollPage>
      <PageHeader
        title={t("title")}
        actions={
          <Reason text={why}>
            <Button look="solid" disabled={why !== undefined} onClick={() => setIssuing(true)}>
              <Plus />
              {t("machines.issue")}
            </Button>
          </Reason>
        }
      />
      <StaffNavigation />
      <div className="px-(--page-x)">
        {!mayRead ? (
          <Empty
            title={t("machines.hidden")}
            hint={t("onlyFor", { roles: roleNames(permissionRow("machine-key.read").roles) })}
          />
        ) : keys.data === undefined ? (
          keys.error === null ? (
            <Skeleton className="h-40 rounded-md" />
          ) : (
            <FailureState failure={failureOf(keys.error)} onRetry={() => void keys.refetch()} />
          )
        ) : (
          <RecordList
            label={t("parts.machines")}
            rows={keys.data.rows}
            rowKey={(row) => row.keyId}
            empty={<Empty title={t("machines.none")} hint={t("machines.noneHint")} />}
            cells={(row) => [
              <span key="name" className="font-medium">
                {row.name}
              </span>,
              <Status key="state" tone={tones[row.state]}>
                {t(`machines.states.${row.state}`)}
              </Status>,
              <span key="scopes" className="flex max-w-100 flex-wrap gap-1 py-1">
                {row.scopes.map((scope) => (
                  <Badge key={scope}>{scope}</Badge>
                ))}
              </span>,
              <span key="networks" className="font-mono text-xs">
                {row.networks.length === 0 ? t("machines.anywhere") : row.networks.join(", ")}
              </span>,
              row.lastUsedAt === null ? t("machines.unused") : <Time key="used" at={row.lastUsedAt} relative />,
              row.expiresAt === null ? "–" : <Time key="end" at={row.expiresAt} precision="day" />,
              row.state === "LIVE" && mayManage && (
                <Button
                  key="revoke"
                  size="sm"
                  look="quiet"
                  onClick={() => {
                    revoke.reset();
                    setEnding(row);
                  }}
                >
                  {t("machines.revoke")}
                </Button>
              ),
            ]}
          />
        )}
      </div>
      <IssueKeyDialog scopes={keys.data?.scopes ?? []} open={issuing} onClose={() => setIssuing(false)} />
      <ConfirmDialog
        open={ending !== undefined}
        onOpenChange={() => setEnding(undefined)}
        title={t("machines.revokeTitle", { name: ending?.name ?? "" })}
        action={t("machines.revoke")}
        danger
        preview={t("machines.revokeEffect")}
        busy={revoke.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        onConfirm={(reason) => {
          if (ending !== undefined) revoke.mutate({ keyId: ending.keyId, reason });
        }}
      />
    </ScrollPage>
  );
}
