"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type InputOf, keyOf, write, type WritePath } from "#lib/api.ts";
import { failureOf, type ViewFailure } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";

/** What a dialog shows of a failure; a missing second factor is asked for by itself. */
export function failedOf(error: Error | null): ViewFailure | undefined {
  const failure = error === null ? undefined : failureOf(error);
  return failure?.code === "STEP_UP_NEEDED" ? undefined : failure;
}

type Paths = Extract<WritePath, `affiliate.${string}`>;

/** A change of an affiliate, after which what is shown of it is read anew. */
export function useAffiliateChange<Path extends Paths>(path: Path, done: string, after: () => void) {
  const client = useQueryClient();
  return useMutation<unknown, Error, InputOf<Path>>({
    mutationFn: write(path).mutationFn as (input: InputOf<Path>) => Promise<unknown>,
    onSuccess: async () => {
      after();
      toast(done, { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("affiliate.show") });
      await client.invalidateQueries({ queryKey: keyOf("affiliate.statements") });
      await client.invalidateQueries({ queryKey: keyOf("affiliate.statement") });
      await client.invalidateQueries({ queryKey: keyOf("affiliate.attribution") });
      await client.invalidateQueries({ queryKey: keyOf("affiliate.rule") });
    },
  });
}
