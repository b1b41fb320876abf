"use client";

import { useCallback, useMemo } from "react";
import { useLocale } from "use-intl";

export function useCountryNames(): (code: string) => string {
  const locale = useLocale();
  const names = useMemo(() => new Intl.DisplayNames(locale, { type: "region" }), [locale]);
  return useCallback((code) => names.of(code) ?? code, [names]);
}
