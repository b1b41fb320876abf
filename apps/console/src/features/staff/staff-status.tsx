"use client";

import { useTranslations } from "use-intl";
import { Status } from "#ui/status.tsx";

const tones = { INVITED: "warn", ACTIVE: "good", SUSPENDED: "bad" } as const;

export function StaffStatus({ status }: { status: keyof typeof tones }) {
  const t = useTranslations("words.staffStatus");
  return (
    <Status tone={tones[status]} open={status === "INVITED"}>
      {t(status)}
    </Status>
  );
}
