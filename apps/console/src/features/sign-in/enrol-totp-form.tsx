"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { ViewFailure } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { OtpInput } from "#ui/otp-input.tsx";
import { QrCode } from "#ui/qr-code.tsx";

interface EnrolTotpFormProps {
  /** `otpauth://` address, for the QR code. */
  readonly uri: string;
  /** The same secret in base 32, for typing. */
  readonly secret: string;
  readonly busy: boolean;
  readonly failure?: ViewFailure | undefined;
  readonly onCode: (code: string) => void;
}

export function EnrolTotpForm({ uri, secret, busy, failure, onCode }: EnrolTotpFormProps) {
  const t = useTranslations("signIn");
  const [code, setCode] = useState("");
  /** A code that was refused is gone, and the next one is typed where it stood. */
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (failure === undefined) return;
    setCode("");
    setRefusals((before) => before + 1);
  }, [failure]);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onCode(code);
      }}
    >
      <div className="flex flex-wrap items-center gap-4">
        <QrCode text={uri} label={t("enrol.qr")} />
        <div className="min-w-0 flex-1 basis-40">
          <p className="text-xs text-ink-muted">{t("enrol.manual")}</p>
          <IdChip id={secret} className="mt-1 [&>span]:wrap-anywhere [&>span]:whitespace-normal" />
        </div>
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      <OtpInput
        key={refusals}
        autoFocus={refusals > 0}
        label={t("second.code")}
        value={code}
        onChange={setCode}
        onComplete={onCode}
        invalid={failure !== undefined}
        disabled={busy}
      />
      <Button type="submit" look="solid" size="lg" busy={busy}>
        {t("enrol.confirm")}
      </Button>
    </form>
  );
}
