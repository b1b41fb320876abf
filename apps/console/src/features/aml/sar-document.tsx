"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { Button } from "#ui/button.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Modal } from "#ui/modal.tsx";

/** The document to the letter, and as a file. */
export function SarDocument({ sar, onClose }: { sar: OutputOf<"aml.sar">; onClose: () => void }) {
  const t = useTranslations("monitoring.sar");

  function download() {
    const url = URL.createObjectURL(new Blob([sar.document], { type: "application/xml" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${sar.sarId}.xml`;
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <Modal
      open
      onOpenChange={onClose}
      title={sar.sarId}
      description={t("documentHint")}
      className="max-w-3xl"
      footer={<Button onClick={download}>{t("download")}</Button>}
    >
      <div className="flex min-w-0 flex-col gap-3">
        <pre
          tabIndex={0}
          aria-label={t("document")}
          className="max-h-[50dvh] overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs"
        >
          {sar.document}
        </pre>
        <p className="text-xs text-ink-muted">
          SHA-256 <IdChip id={sar.documentHash} className="[&>span]:wrap-anywhere [&>span]:whitespace-normal" />
        </p>
      </div>
    </Modal>
  );
}
