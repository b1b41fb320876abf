"use client";

import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { type Preferences, writePreferences } from "#lib/preferences.ts";

interface PreferencesContext {
  readonly preferences: Preferences;
  readonly change: (part: Partial<Preferences>) => void;
}

const Context = createContext<PreferencesContext | undefined>(undefined);

export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const change = useCallback((part: Partial<Preferences>) => {
    setPreferences((before) => {
      const after = { ...before, ...part };
      document.cookie = writePreferences(after);
      document.documentElement.dataset["theme"] = after.theme;
      return after;
    });
  }, []);

  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone !== initial.zone) change({ zone });
  }, [change, initial.zone]);

  const value = useMemo(() => ({ preferences, change }), [preferences, change]);
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): PreferencesContext {
  const context = use(Context);
  if (context === undefined) throw new Error("PreferencesProvider is missing");
  return context;
}
