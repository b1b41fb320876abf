"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo, useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { roles } from "@pitboss/domain/identity/roles";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { InviteDialog } from "#features/staff/invite-dialog.tsx";
import { StaffNavigation } from "#features/staff/staff-navigation.tsx";
import { StaffPeek } from "#features/staff/staff-peek.tsx";
import { StaffStatus } from "#features/staff/staff-status.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { useListUrl } from "#lib/use-list-url.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Reason } from "#ui/reason.tsx";
import { Time } from "#ui/time.tsx";

type Member = OutputOf<"staff.list">["rows"][number];

const statuses = ["INVITED", "ACTIVE", "SUSPENDED"] as const;
const parsers = { q: parseAsString, status: parseAsStringLiteral(statuses), role: parseAsStringLiteral(roles) };

export function StaffPage() {
  const t = useTranslations("staff");
  const roleWords = useTranslations("roles");
  const statusWords = useTranslations("words.staffStatus");
  const roleNames = useRoleNames();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const [inviting, setInviting] = useState(false);
  const mayInvite = useMay("staff.invite");
  const input = useMemo(
    () => ({ text: filters.q, status: filters.status, role: filters.role, cursor }),
    [filters.q, filters.status, filters.role, cursor],
  );
  const query = useQuery({ ...read("staff.list", input), placeholderData: keepPreviousData });
  const columns = useColumns();
  const why = mayInvite ? undefined : t("onlyFor", { roles: roleNames(permissionRow("staff.invite").roles) });
  return (
    <>
      <ListPage<Member>
        title={t("title")}
        label={t("title")}
        above={<StaffNavigation />}
        actions={
          <Reason text={why}>
            <Button look="solid" disabled={why !== undefined} onClick={() => setInviting(true)}>
              <UserPlus />
              {t("invite.action")}
            </Button>
          </Reason>
        }
        search={{ value: filters.q ?? "", placeholder: t("search"), onChange: (value) => url.setFilter("q", value) }}
        filters={[
          {
            id: "role",
            label: t("columns.role"),
            kind: "choice",
            choices: roles.map((value) => ({ value, label: roleWords(value) })),
            value: filters.role,
            onChange: (value) => url.setFilter("role", value),
          },
          {
            id: "status",
            label: t("columns.status"),
            kind: "choice",
            choices: statuses.map((value) => ({ value, label: statusWords(value) })),
            value: filters.status,
            onChange: (value) => url.setFilter("status", value),
          },
        ]}
        onClearFilters={url.clearFilters}
        columns={columns}
        visible={url.columns}
        onColumns={url.setColumns}
        list={listStateOf(query, (data) => data.rows)}
        rowId={(row) => row.staffId}
        rowHref={(row) => `/staff/${row.staffId}`}
        empty={{ title: t("empty"), hint: t("emptyHint") }}
        next={query.data?.next}
        cursor={cursor}
        onPage={url.goTo}
        peekId={url.peek}
        onPeek={url.setPeek}
        peek={(staffId) => <StaffPeek staffId={staffId} />}
      />
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </>
  );
}

function useColumns(): readonly Column<Member>[] {
  const t = useTranslations("staff.columns");
  const roleWords = useTranslations("roles");
  return useMemo(
    () => [
      { id: "name", header: t("name"), width: 13, cell: (row) => <span className="font-medium">{row.name}</span> },
      { id: "email", header: t("email"), cell: (row) => <span className="text-ink-muted">{row.email}</span> },
      {
        id: "roles",
        header: t("roles"),
        width: 15,
        cell: (row) => (
          <span className="flex gap-1">
            {row.roles.map((role) => (
              <Badge key={role}>{roleWords(role)}</Badge>
            ))}
          </span>
        ),
      },
      {
        id: "status",
        header: t("status"),
        width: 8,
        narrow: "end",
        cell: (row) => <StaffStatus status={row.status} />,
      },
      {
        id: "factors",
        header: t("factors"),
        width: 13,
        cell: ({ factors }) =>
          [factors.totp && t("totp"), factors.passkeys > 0 && t("passkeys", { count: factors.passkeys })]
            .filter((part) => part !== false)
            .join(", ") || <span className="text-ink-faint">{t("noFactor")}</span>,
      },
      {
        id: "seen",
        header: t("seen"),
        width: 9,
        cell: (row) =>
          row.lastSeenAt === null ? (
            <span className="text-ink-faint">{t("never")}</span>
          ) : (
            <Time at={row.lastSeenAt} relative />
          ),
      },
      {
        id: "created",
        header: t("created"),
        width: 10,
        optional: true,
        cell: (row) => <Time at={row.createdAt} precision="minute" short />,
      },
    ],
    [t, roleWords],
  );
}
