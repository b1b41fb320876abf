"use client";

import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { useFailureText } from "#lib/use-failure-text.ts";

/** For actions without a form around them: says why it did not happen, until it is read. */
export function useFailureToast(): (error: unknown) => void {
  const text = useFailureText();
  return (error) => {
    const failure = failureOf(error);
    // Whoever turned down the second factor knows that nothing happened.
    if (failure.code === "STEP_UP_NEEDED") return;
    toast(text(failure), { tone: "bad", ...(failure.detail === undefined ? {} : { description: failure.detail }) });
  };
}
