"use client";

import type { ViewFailure } from "#lib/failure.ts";
import { useFailureText } from "#lib/use-failure-text.ts";
import { Notice } from "#ui/notice.tsx";

/** A refusal beside what was refused, in the words of the rule. */
export function FailureNotice({ failure, className }: { failure: ViewFailure; className?: string }) {
  const text = useFailureText();
  return (
    <Notice tone="bad" live title={text(failure)} {...(className === undefined ? {} : { className })}>
      {failure.detail}
    </Notice>
  );
}
