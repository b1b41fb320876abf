"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { packRules, type PackRules } from "@pitboss/domain/risk/jurisdiction-pack";
import { useTranslations } from "use-intl";
import type { PackView } from "#features/rules/jurisdictions-page.tsx";
import { ProposeDialog } from "#features/rules/propose-dialog.tsx";
import { api, type InputOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FormField } from "#ui/form-field.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

type Parsed = { readonly rules: PackRules } | { readonly why: string };

/** Proposes the next version of a jurisdiction's pack, from the newest one. */
export function PackDialog({ newest, onClose }: { newest: PackView; onClose: () => void }) {
  const t = useTranslations("rg.rules");
  const router = useRouter();
  const [text, setText] = useState(() => JSON.stringify(newest.rules, undefined, 2));
  const [countries, setCountries] = useState(newest.countries.join(" "));
  const [wrong, setWrong] = useState<string>();
  const [diff, setDiff] = useState<OutputOf<"jurisdiction.diff">>();
  const show = useMutation({
    mutationFn: (input: InputOf<"jurisdiction.diff">) => api.jurisdiction.diff.query(input),
    onSuccess: setDiff,
  });
  const propose = useMutation({
    ...write("jurisdiction.propose"),
    onSuccess: ({ approvalId }) => router.push(`/approvals/${approvalId}`),
  });
  const error = propose.error ?? show.error;

  function withInput(use: (input: { code: string; countries: string[]; rules: PackRules }) => void) {
    const parsed = parseRules(text);
    setWrong("why" in parsed ? parsed.why : undefined);
    if ("why" in parsed) return;
    const named = countries.split(/[\s,]+/).filter((country) => country !== "");
    use({ code: newest.code, countries: named, rules: parsed.rules });
  }

  return (
    <ProposeDialog
      open
      title={t("editTitle", { version: String(newest.version + 1), name: newest.code })}
      diff={diff}
      failure={error === null ? undefined : failureOf(error)}
      busy={propose.isPending}
      onShow={(effectiveFrom) => {
        setDiff(undefined);
        withInput((input) => show.mutate({ ...input, effectiveFrom }));
      }}
      onPropose={(proposed) => withInput((input) => propose.mutate({ ...input, ...proposed }))}
      onClose={onClose}
    >
      {newest.code !== "DEFAULT" && (
        <FormField label={t("countries")}>
          <TextInput value={countries} onChange={(event) => setCountries(event.currentTarget.value)} />
        </FormField>
      )}
      <FormField
        label={t("rulesField")}
        hint={t("rulesHint")}
        error={wrong === undefined ? undefined : t("invalid", { why: wrong })}
      >
        <TextArea
          rows={16}
          spellCheck={false}
          className="font-mono text-xs"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setDiff(undefined);
          }}
        />
      </FormField>
    </ProposeDialog>
  );
}

function parseRules(text: string): Parsed {
  try {
    const parsed = packRules.safeParse(JSON.parse(text));
    if (parsed.success) return { rules: parsed.data };
    const [issue] = parsed.error.issues;
    return { why: issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}` };
  } catch (error) {
    return { why: error instanceof Error ? error.message : "" };
  }
}
