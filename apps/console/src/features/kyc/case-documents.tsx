"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import type { CaseDetail } from "#features/kyc/case-state.tsx";
import { DocumentViewer } from "#features/kyc/document-viewer.tsx";
import { write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Reason } from "#ui/reason.tsx";
import { Time } from "#ui/time.tsx";

/** The documents of a case; one at a time is opened, for a reason that is kept. */
export function CaseDocuments({ found }: { found: CaseDetail }) {
  const t = useTranslations("kyc.documents");
  const kinds = useTranslations("words.documentKind");
  const may = useMay("kyc.document");
  const roleNames = useRoleNames();
  const [asked, setAsked] = useState<string>();
  const open = useMutation({ ...write("kyc.document"), onSuccess: () => setAsked(undefined) });
  const failure = open.error === null ? undefined : failureOf(open.error);
  const why = may ? undefined : t("onlyFor", { roles: roleNames(permissionRow("kyc.document").roles) });
  return (
    <div className="flex flex-col gap-4">
      {found.documents.length === 0 && <p className="text-ink-muted">{t("none")}</p>}
      <ul className="flex flex-col gap-2">
        {found.documents.map(({ documentId, kind, bytes, uploadedAt, fromVendor, validUntil, issuedIn }) => (
          <li key={documentId} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-medium">{kinds(kind)}</span>
            <Time at={uploadedAt} short />
            <span className="tabular text-xs text-ink-muted">{t("size", { kilobytes: Math.ceil(bytes / 1024) })}</span>
            {fromVendor && <span className="text-xs text-ink-muted">{t("fromVendor")}</span>}
            {validUntil !== null && (
              <span className="tabular text-xs text-ink-muted">{t("valid", { day: validUntil })}</span>
            )}
            {issuedIn !== null && <span className="text-xs text-ink-muted">{t("issued", { country: issuedIn })}</span>}
            <Reason text={why}>
              <Button
                className="ms-auto"
                disabled={!may}
                onClick={() => {
                  open.reset();
                  setAsked(documentId);
                }}
              >
                {t("open")}
              </Button>
            </Reason>
          </li>
        ))}
      </ul>
      {open.data !== undefined && <DocumentViewer document={open.data} onClose={() => open.reset()} />}
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={t("openTitle")}
        action={t("open")}
        preview={t("preview")}
        busy={open.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        onConfirm={(reason) => {
          if (asked !== undefined) open.mutate({ documentId: asked, reason });
        }}
      />
    </div>
  );
}
