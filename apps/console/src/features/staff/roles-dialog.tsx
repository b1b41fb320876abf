"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { isPowerful, type Role, roles } from "@pitboss/domain/identity/roles";
import { useTranslations } from "use-intl";
import type { StaffDetail } from "#features/staff/staff-facts.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { TextArea } from "#ui/text-area.tsx";

interface RolesDialogProps {
  readonly member: StaffDetail;
  readonly open: boolean;
  readonly onClose: () => void;
}

const shortestReason = 5;

/** One role at a time, with a reason: taken at once, given at once where it is not powerful, else proposed. */
export function RolesDialog({ member, open, onClose }: RolesDialogProps) {
  const t = useTranslations("staff.rolesDialog");
  const roleWords = useTranslations("roles");
  const client = useQueryClient();
  const router = useRouter();
  const [reason, setReason] = useState("");
  const changed = async () => {
    toast(t("changed"), { tone: "good" });
    setReason("");
    await Promise.all([
      client.invalidateQueries({ queryKey: keyOf("staff.show") }),
      client.invalidateQueries({ queryKey: keyOf("staff.list") }),
    ]);
  };
  const grant = useMutation({ ...write("staff.grantRole"), onSuccess: changed });
  const take = useMutation({ ...write("staff.takeRole"), onSuccess: changed });
  const propose = useMutation({
    ...write("approval.proposeRole"),
    onSuccess: (approval) => {
      toast(t("proposed"), { tone: "good", description: approval.summary });
      router.push(`/approvals/${approval.approvalId}`);
    },
  });
  const busy = grant.isPending || take.isPending || propose.isPending;
  const error = grant.error ?? take.error ?? propose.error;
  const failure = error === null ? undefined : failureOf(error);
  const short = reason.trim().length < shortestReason;

  function change(role: Role, held: boolean) {
    for (const mutation of [grant, take, propose]) mutation.reset();
    const input = { staffId: member.staffId, role, reason: reason.trim() };
    if (held) take.mutate(input);
    else if (isPowerful(role)) propose.mutate(input);
    else grant.mutate(input);
  }

  return (
    <Modal open={open} onOpenChange={onClose} title={t("title", { name: member.name })} description={t("lead")}>
      <div className="flex flex-col gap-4">
        <FormField label={t("reason")} hint={t("reasonHint", { count: shortestReason })}>
          <TextArea
            rows={2}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </FormField>
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {roles.map((role) => {
            const held = member.roles.includes(role);
            return (
              <li key={role} className="flex min-h-10 items-center gap-3">
                <span className="flex-1">
                  {roleWords(role)}{" "}
                  {isPowerful(role) && <span className="text-xs text-ink-faint">{t("powerful")}</span>}
                </span>
                {held && <Badge tone="good">{t("held")}</Badge>}
                <Button
                  size="sm"
                  disabled={busy || short}
                  onClick={() => change(role, held)}
                  aria-label={t(held ? "takeOf" : isPowerful(role) ? "proposeOf" : "giveOf", { role: roleWords(role) })}
                >
                  {t(held ? "take" : isPowerful(role) ? "propose" : "give")}
                </Button>
              </li>
            );
          })}
        </ul>
        {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
