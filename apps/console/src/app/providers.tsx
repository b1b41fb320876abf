"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import type { Preferences } from "#lib/preferences.ts";
import { ShortcutProvider } from "#lib/shortcuts.tsx";
import type { Messages } from "#messages/english.ts";
import { PreferencesProvider } from "#ui/preferences-provider.tsx";
import { Toaster } from "#ui/toaster.tsx";

interface ProvidersProps {
  readonly preferences: Preferences;
  readonly messages: Messages;
  /** Of this answer's Content-Security-Policy. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

export function Providers({ preferences, messages, nonce, children }: ProvidersProps) {
  return (
    <CSPProvider {...(nonce === undefined ? {} : { nonce })}>
      <IntlProvider locale={preferences.locale} messages={messages} timeZone="UTC">
        <PreferencesProvider initial={preferences}>
          <NuqsAdapter>
            <Tooltip.Provider delay={350} closeDelay={0}>
              <ShortcutProvider>
                <Toaster>{children}</Toaster>
              </ShortcutProvider>
            </Tooltip.Provider>
          </NuqsAdapter>
        </PreferencesProvider>
      </IntlProvider>
    </CSPProvider>
  );
}
