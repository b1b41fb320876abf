"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import type { ChargebackDetail } from "#features/chargebacks/chargeback-facts.tsx";
import { api, type InputOf, keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Time } from "#ui/time.tsx";

type MediaType = InputOf<"chargeback.addEvidence">["mediaType"];

/** The files that are said against the chargeback, and a way to add one while it is open. */
export function ChargebackEvidence({ chargeback }: { chargeback: ChargebackDetail }) {
  const t = useTranslations("chargebacks.evidence");
  const client = useQueryClient();
  const mayRespond = useMay("chargeback.respond");
  const picker = useRef<HTMLInputElement>(null);
  const { chargebackId } = chargeback;
  const add = useMutation({
    ...write("chargeback.addEvidence"),
    onSuccess: async () => {
      toast(t("added"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("chargeback.show") });
    },
  });
  const failure = add.error === null ? undefined : failureOf(add.error);

  async function send(file: File) {
    const content = base64Of(new Uint8Array(await file.arrayBuffer()));
    add.mutate({ chargebackId, name: file.name, mediaType: file.type as MediaType, content });
  }

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <RecordList
        label={t("title")}
        rows={chargeback.evidence}
        rowKey={(file) => file.sha256}
        empty={<Empty title={t("none")} hint={t("noneHint")} />}
        cells={(file) => [
          <Button key="open" size="sm" look="quiet" onClick={() => void open(chargebackId, file.sha256)}>
            {file.name}
          </Button>,
          <span key="size" className="tabular text-ink-muted">
            {t("size", { kilobytes: String(Math.ceil(file.bytes / 1_024)) })}
          </span>,
          <Time key="at" at={file.at} short />,
        ]}
      />
      {mayRespond && chargeback.state === "OPENED" && (
        <>
          <input
            ref={picker}
            type="file"
            aria-label={t("add")}
            tabIndex={-1}
            accept="application/pdf,image/png,image/jpeg,text/plain"
            className="sr-only"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = "";
              if (file !== undefined) void send(file);
            }}
          />
          <Button className="self-start" size="sm" busy={add.isPending} onClick={() => picker.current?.click()}>
            {t("add")}
          </Button>
          <p className="text-xs text-ink-faint">{t("hint")}</p>
        </>
      )}
      {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
    </div>
  );
}

/** Saves the file as it was kept; it is never shown as a page of the console. */
async function open(chargebackId: string, sha256: string): Promise<void> {
  const { name, content } = await api.chargeback.readEvidence.query({ chargebackId, sha256 });
  const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
