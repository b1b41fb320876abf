"use client";

import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { ViewFailure } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FormField } from "#ui/form-field.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { Notice } from "#ui/notice.tsx";
import { OtpInput } from "#ui/otp-input.tsx";
import { Segmented } from "#ui/segmented.tsx";
import { TextInput } from "#ui/text-input.tsx";

export type FactorMethod = "totp" | "passkey" | "recovery";

interface SecondFactorFormProps {
  /** The ways that this person has set up. */
  readonly methods: readonly FactorMethod[];
  readonly busy: boolean;
  readonly failure?: ViewFailure | undefined;
  /** What there is to say that is no failure: the browser was asked for a passkey and gave none. */
  readonly notice?: string | undefined;
  readonly onCode: (method: "totp" | "recovery", code: string) => void;
  readonly onPasskey: () => void;
}

/** The second factor, at sign-in and again before what is dangerous. */
export function SecondFactorForm({ methods, busy, failure, notice, onCode, onPasskey }: SecondFactorFormProps) {
  const t = useTranslations("signIn.second");
  const [method, setMethod] = useState<FactorMethod>(methods[0] ?? "totp");
  const [code, setCode] = useState("");
  /** A code that was refused is gone, and the next one is typed where it stood. */
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (failure === undefined) return;
    setCode("");
    setRefusals((before) => before + 1);
  }, [failure]);
  return (
    <div className="flex flex-col gap-4">
      {methods.length > 1 && (
        <Segmented
          label={t("methods")}
          className="w-full [&>button]:flex-1"
          value={method}
          onChange={(next) => {
            setMethod(next);
            setCode("");
          }}
          choices={methods.map((each) => ({ value: each, label: t(each) }))}
        />
      )}
      {failure !== undefined ? (
        <FailureNotice failure={failure} />
      ) : (
        notice !== undefined && (
          <Notice tone="warn" live>
            {notice}
          </Notice>
        )
      )}
      {method === "passkey" ? (
        <>
          <p className="text-ink-muted">{t("passkeyHint")}</p>
          <Button look="solid" size="lg" busy={busy} onClick={onPasskey}>
            <KeyRound />
            {t("usePasskey")}
          </Button>
        </>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            onCode(method, code);
          }}
        >
          {method === "totp" ? (
            <>
              <p className="text-ink-muted">{t("totpHint")}</p>
              <OtpInput
                key={refusals}
                label={t("code")}
                autoFocus
                value={code}
                onChange={setCode}
                onComplete={(value) => onCode("totp", value)}
                invalid={failure !== undefined}
                disabled={busy}
              />
            </>
          ) : (
            <FormField label={t("recovery")} hint={t("recoveryHint")}>
              <TextInput
                autoFocus
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                autoComplete="off"
                spellCheck={false}
                className="h-10 font-mono"
              />
            </FormField>
          )}
          <Button type="submit" look="solid" size="lg" busy={busy}>
            {t("verify")}
          </Button>
        </form>
      )}
    </div>
  );
}
