"use client";

import { useRouter } from "next/navigation";
import type { ViewFailure } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Logo } from "#ui/logo.tsx";

/** The whole console without its engine. */
export function EngineDown({ failure }: { failure: ViewFailure }) {
  const router = useRouter();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-canvas">
      <Logo className="size-8" />
      <FailureState failure={failure} onRetry={() => router.refresh()} className="pt-6" />
    </main>
  );
}
