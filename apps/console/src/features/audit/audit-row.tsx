"use client";

import Link from "next/link";
import type { OutputOf } from "#lib/api.ts";

export type AuditRow = OutputOf<"audit.list">["rows"][number];

const hrefs: Readonly<Record<string, string>> = { player: "/players", staff: "/staff" };

/** What an entry is about, with the way to it where there is a page. */
export function AuditSubject({ subject }: Pick<AuditRow, "subject">) {
  const base = hrefs[subject.kind];
  if (base === undefined) {
    return (
      <span>
        {subject.kind} <span className="font-mono text-xs">{subject.id}</span>
      </span>
    );
  }
  return (
    <Link
      href={`${base}/${subject.id}`}
      className="font-mono text-xs text-accent no-underline underline-offset-2 hover:underline"
    >
      {subject.id}
    </Link>
  );
}

export function actorName({ actor }: Pick<AuditRow, "actor">): string {
  return actor.name ?? `${actor.kind}:${actor.id}`;
}
