"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Section } from "#ui/section.tsx";
import { TextInput } from "#ui/text-input.tsx";

const none = { current: "", next: "", again: "" };

export function PasswordSection() {
  const t = useTranslations("account.password");
  const [values, setValues] = useState(none);
  const [tried, setTried] = useState(false);
  const differs = values.next !== values.again;
  const change = useMutation({
    ...write("account.changePassword"),
    onSuccess: () => {
      setValues(none);
      setTried(false);
      toast(t("changed"), { tone: "good", description: t("changedHint") });
    },
  });
  const fields = [
    { name: "current", autoComplete: "current-password", error: undefined },
    { name: "next", autoComplete: "new-password", error: undefined },
    { name: "again", autoComplete: "new-password", error: tried && differs ? t("differs") : undefined },
  ] as const;
  return (
    <Section title={t("title")}>
      <form
        className="flex max-w-sm flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!differs) change.mutate({ current: values.current, next: values.next });
        }}
      >
        {fields.map(({ name, autoComplete, error }) => (
          <FormField key={name} label={t(name)} error={error}>
            <TextInput
              type="password"
              required
              autoComplete={autoComplete}
              value={values[name]}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setValues((before) => ({ ...before, [name]: value }));
              }}
            />
          </FormField>
        ))}
        {change.error !== null && failureOf(change.error).code !== "STEP_UP_NEEDED" && (
          <FailureNotice failure={failureOf(change.error)} />
        )}
        <Button type="submit" busy={change.isPending} className="self-start">
          {t("change")}
        </Button>
      </form>
    </Section>
  );
}
