"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { diffPolicies, takesTwoPeople } from "@pitboss/domain/gaming/policy-changes";
import { useTranslations } from "use-intl";
import { draftOf, type PolicyPath, readDraft } from "#features/providers/policy-draft.ts";
import { PolicyFields } from "#features/providers/policy-fields.tsx";
import { ChangesTable } from "#features/rules/changes-table.tsx";
import { keyOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Notice } from "#ui/notice.tsx";

const nothing: ReadonlySet<PolicyPath> = new Set();

/**
 * Another version of a provider's policy. The differences stand under the form as it is filled in, with whether they hold
 * at once or are for a second person. It is bound to the version that it was opened on.
 */
export function PolicyDialog({ provider, onClose }: { provider: OutputOf<"provider.show">; onClose: () => void }) {
  const t = useTranslations("providers.policy");
  const router = useRouter();
  const client = useQueryClient();
  // The page reads the provider again every few seconds; what is typed is about what was seen.
  const [seen] = useState(provider);
  const [draft, setDraft] = useState(() => draftOf(provider.policy));
  const change = useMutation({
    ...write("provider.changePolicy"),
    onSuccess: async ({ approvalId, version }) => {
      if (approvalId !== null) return router.push(`/approvals/${approvalId}`);
      toast(t("done", { version: String(version) }), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("provider.show") });
      return onClose();
    },
  });
  const read = readDraft(draft);
  const changes = read.ok ? diffPolicies(seen.policy, read.policy) : [];
  const proposes = takesTwoPeople(changes);
  const failure = change.error === null ? undefined : failureOf(change.error);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("title", { version: String(seen.policyVersion + 1) })}
      action={t(proposes ? "propose" : "change")}
      disabled={changes.length === 0}
      busy={change.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={
        <div className="flex min-w-0 flex-col gap-4">
          <PolicyFields
            draft={draft}
            wrong={read.ok ? nothing : read.wrong}
            onChange={(path, text) => setDraft({ ...draft, [path]: text })}
          />
          {changes.length > 0 && <ChangesTable changes={changes} />}
          {changes.length > 0 && <Notice tone={proposes ? "warn" : "neutral"}>{t(proposes ? "two" : "one")}</Notice>}
        </div>
      }
      onConfirm={(reason) => {
        if (read.ok) {
          change.mutate({ provider: seen.provider, version: seen.policyVersion, policy: read.policy, reason });
        }
      }}
    />
  );
}
