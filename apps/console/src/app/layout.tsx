import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "#app/providers.tsx";
import { fontVariables } from "#lib/fonts.ts";
import { readView } from "#lib/view.ts";
import "#app/globals.css";

export const metadata: Metadata = {
  title: { default: "Pitboss", template: "%s · Pitboss" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1116" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { preferences, messages } = await readView();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang={preferences.locale} data-theme={preferences.theme} className={fontVariables} suppressHydrationWarning>
      <body>
        <Providers preferences={preferences} messages={messages} nonce={nonce}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
