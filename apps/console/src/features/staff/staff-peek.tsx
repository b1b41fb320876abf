"use client";

import { useQuery } from "@tanstack/react-query";
import { StaffFacts } from "#features/staff/staff-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function StaffPeek({ staffId }: { staffId: string }) {
  const member = useQuery(read("staff.show", { staffId }));
  if (member.data === undefined) {
    return member.error === null ? (
      <Skeleton className="m-4 h-48 rounded-md" />
    ) : (
      <FailureState failure={failureOf(member.error)} onRetry={() => void member.refetch()} />
    );
  }
  return (
    <div className="px-4 py-3">
      <h2 className="mb-2 text-lg font-semibold tracking-[-0.01em]">{member.data.name}</h2>
      <StaffFacts member={member.data} />
    </div>
  );
}
