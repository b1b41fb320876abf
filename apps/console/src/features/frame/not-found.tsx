"use client";

import { SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { buttonStyle } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";

/** An address that leads nowhere. */
export function NotFound() {
  const t = useTranslations("frame.notFound");
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-canvas">
      <h1 className="sr-only">{t("title")}</h1>
      <Empty
        icon={SearchX}
        title={t("title")}
        hint={t("hint")}
        action={
          <Link href="/" className={buttonStyle({ look: "plain" })}>
            {t("home")}
          </Link>
        }
      />
    </main>
  );
}
