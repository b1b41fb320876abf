"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ViewFailure } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Notice } from "#ui/notice.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface PasswordStepProps {
  readonly busy: boolean;
  readonly failure?: ViewFailure | undefined;
  /** Why the reader stands here: signed out, ended. */
  readonly notice?: string | undefined;
  readonly onPassword: (email: string, password: string) => void;
}

export function PasswordStep({ busy, failure, notice, onPassword }: PasswordStepProps) {
  const t = useTranslations("signIn");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onPassword(email, password);
      }}
    >
      {failure !== undefined ? (
        <FailureNotice failure={failure} />
      ) : (
        notice !== undefined && <Notice live>{notice}</Notice>
      )}
      <FormField label={t("email")}>
        <TextInput
          type="email"
          name="email"
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
          name="password"
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
    </form>
  );
}
