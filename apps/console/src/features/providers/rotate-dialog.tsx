"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { keyOf, type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Modal } from "#ui/modal.tsx";
import { Notice } from "#ui/notice.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

const mostOverlapMinutes = 30 * 24 * 60;
const shortestSecret = 16;

/** Another credential beside the one before, which counts until the overlap has passed. A made secret is shown this once. */
export function RotateDialog({ provider, onClose }: { provider: OutputOf<"provider.show">; onClose: () => void }) {
  const t = useTranslations("providers.rotate");
  const client = useQueryClient();
  const [seen] = useState(provider);
  const [secret, setSecret] = useState("");
  const [overlap, setOverlap] = useState("60");
  const rotate = useMutation({
    ...write("provider.rotateCredential"),
    // What it answers with is a secret: it does not outlive this dialog.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf("provider.show") }),
  });
  const following = seen.credentials.find(({ state }) => state === "LIVE")?.fingerprint ?? null;
  const minutes = /^\d{1,5}$/.test(overlap.trim()) ? Number(overlap) : Number.NaN;
  const inTime = minutes <= mostOverlapMinutes;
  const given = secret.trim();
  const enough = seen.credentialKind === "SECRET" && given === "" ? true : given.length >= shortestSecret;
  const failure = rotate.error === null ? undefined : failureOf(rotate.error);
  if (rotate.data !== undefined) return <Rotated rotated={rotate.data} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("title")}
      action={t("action")}
      disabled={!inTime || !enough}
      busy={rotate.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={
        <div className="flex min-w-0 flex-col gap-3">
          <KeyValues
            items={[{ label: t("following"), value: <span className="font-mono">{following ?? "–"}</span> }]}
          />
          <FormField label={t(`credential.${seen.credentialKind}`)} hint={t(`credentialHint.${seen.credentialKind}`)}>
            <TextArea
              rows={4}
              spellCheck={false}
              autoComplete="off"
              className="font-mono text-xs"
              value={secret}
              maxLength={8_192}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
          </FormField>
          <FormField label={t("overlap")} hint={t("overlapHint")} error={inTime ? undefined : t("overlapWrong")}>
            <TextInput
              value={overlap}
              inputMode="numeric"
              maxLength={5}
              onChange={(event) => setOverlap(event.currentTarget.value)}
            />
          </FormField>
        </div>
      }
      onConfirm={(reason) =>
        rotate.mutate({
          provider: seen.provider,
          secret: given === "" ? null : given,
          overlapMinutes: minutes,
          following,
          reason,
        })
      }
    />
  );
}

function Rotated({ rotated, onClose }: { rotated: OutputOf<"provider.rotateCredential">; onClose: () => void }) {
  const t = useTranslations("providers.rotate");
  const { fingerprint, secret } = rotated;
  return (
    <Modal open onOpenChange={onClose} title={t("done")} footer={<Button onClick={onClose}>{t("close")}</Button>}>
      <div className="flex min-w-0 flex-col gap-3">
        {secret !== null && <Notice tone="warn">{t("once")}</Notice>}
        <KeyValues
          items={[
            { label: t("fingerprint"), value: <span className="font-mono text-xs">{fingerprint}</span> },
            ...(secret === null
              ? []
              : [{ label: t("secret"), value: <span className="font-mono text-xs wrap-anywhere">{secret}</span> }]),
          ]}
        />
      </div>
    </Modal>
  );
}
