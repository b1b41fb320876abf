"use client";

import { useQuery } from "@tanstack/react-query";
import { CaseFacts } from "#features/kyc/case-facts.tsx";
import { CaseHistory } from "#features/kyc/case-history.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function CasePeek({ caseId }: { caseId: string }) {
  const found = useQuery(read("kyc.show", { caseId }));
  if (found.data === undefined) {
    return found.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <CaseFacts found={found.data} />
      <CaseHistory found={found.data} />
    </div>
  );
}
