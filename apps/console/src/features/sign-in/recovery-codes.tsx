"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** Shown once. The way on opens when the reader says that they are kept. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const t = useTranslations("signIn.recovery");
  const [kept, setKept] = useState(false);
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-lg border border-line bg-surface px-4 py-3 font-mono text-sm">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button
        onClick={() => {
          void navigator.clipboard.writeText(codes.join("\n")).then(() => setCopied(true));
        }}
      >
        {copied ? t("copied") : t("copy")}
      </Button>
      <label className="flex items-center gap-2">
        <Checkbox checked={kept} onChange={setKept} />
        {t("kept")}
      </label>
      <Button look="solid" size="lg" disabled={!kept} onClick={onDone}>
        {t("done")}
      </Button>
    </div>
  );
}
