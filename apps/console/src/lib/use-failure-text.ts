"use client";

import { errors } from "@pitboss/domain/kernel/errors";
import { useCallback } from "react";
import { useLocale } from "use-intl";
import { germanErrors } from "#messages/de/errors.ts";
import type { ViewFailure } from "#lib/failure.ts";

/** The sentence of a failure in the reader's language; the table's own English where there is no translation. */
export function useFailureText(): (failure: ViewFailure) => string {
  const locale = useLocale();
  return useCallback(
    (failure) => (locale === "de" ? germanErrors[failure.code] : undefined) ?? errors[failure.code].sentence,
    [locale],
  );
}
