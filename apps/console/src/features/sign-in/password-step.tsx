"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { SignInFrame } from "#features/sign-in/sign-in-frame.tsx";
import type { ViewFailure } from "#lib/failure.ts";
import { useFailureText } from "#lib/use-failure-text.ts";
import { Button } from "#ui/button.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Notice } from "#ui/notice.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface PasswordStepProps {
  readonly busy: boolean;
  readonly failure?: ViewFailure | undefined;
  /** Why the reader stands here: signed out, ended. */
  readonly notice?: string | undefined;
  readonly onPassword: (email: string, password: string) => void;
  readonly onPasskey: () => void;
}

export function PasswordStep({ busy, failure, notice, onPassword, onPasskey }: PasswordStepProps) {
  const t = useTranslations("signIn");
  const failureText = useFailureText();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  return (
    <SignInFrame title={t("title")} lead={t("lead")}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onPassword(email, password);
        }}
      >
        {failure !== undefined ? (
          <Notice tone="bad" live title={failureText(failure)}>
            {failure.detail}
          </Notice>
        ) : (
          notice !== undefined && <Notice>{notice}</Notice>
        )}
        <FormField label={t("email")}>
          <TextInput
            type="email"
            autoComplete="username webauthn"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            className="h-10 text-base"
          />
        </FormField>
        <FormField label={t("password")}>
          <TextInput
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            className="h-10 text-base"
          />
        </FormField>
        <Button type="submit" look="solid" size="lg" busy={busy} className="mt-1">
          {t("continue")}
        </Button>
        <div className="flex items-center gap-3 text-xs text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {t("or")}
        </div>
        <Button size="lg" disabled={busy} onClick={onPasskey}>
          <KeyRound />
          {t("withPasskey")}
        </Button>
      </form>
    </SignInFrame>
  );
}
