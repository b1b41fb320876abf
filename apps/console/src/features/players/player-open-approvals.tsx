"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { read } from "#lib/api.ts";
import { Section } from "#ui/section.tsx";

/** Proposals about this player that wait; nothing where there is none. */
export function PlayerOpenApprovals({ playerId }: { playerId: string }) {
  const t = useTranslations("players.approvals");
  const open = useQuery(
    read("approval.list", { subjectKind: "player", subjectId: playerId, statuses: ["PROPOSED", "APPROVED"], limit: 5 }),
  );
  const rows = open.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t("title")}>
      <ul className="flex flex-col gap-2">
        {rows.map((approval) => (
          <li key={approval.approvalId}>
            <Link
              href={`/approvals/${approval.approvalId}`}
              className="flex gap-2 rounded-lg bg-warn-soft px-3 py-2 no-underline hover:underline"
            >
              <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
              <span className="min-w-0">
                {approval.summary}
                <span className="block text-xs text-ink-muted">{t("by", { name: approval.proposedBy.name })}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
