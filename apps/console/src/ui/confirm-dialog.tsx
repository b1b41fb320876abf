"use client";

import { type ReactNode, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { ViewFailure } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { TextArea } from "#ui/text-area.tsx";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will happen, computed from the very thing that it happens to: before and after, counts, amounts. */
  readonly preview: ReactNode;
  /** The verb on the button, never "OK". */
  readonly action: string;
  readonly danger?: boolean;
  /** "none" where the law of the action asks for no reason. */
  readonly reason?: "required" | "none";
  /** True where there is nothing that could be done. */
  readonly disabled?: boolean;
  readonly busy: boolean;
  readonly failure?: ViewFailure | undefined;
  readonly onConfirm: (reason: string) => void;
}

const shortestReason = 5;
const longestReason = 500;

/** Nothing dangerous happens without a preview of what it will do and a reason that the audit log keeps. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    preview,
    action,
    danger = false,
    reason = "required",
    disabled = false,
    busy,
    failure,
    onConfirm,
  } = props;
  const t = useTranslations("kit.confirm");
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const short = reason === "required" && text.trim().length < shortestReason;

  function submit() {
    setTried(true);
    if (disabled) return;
    if (short) field.current?.focus();
    else onConfirm(text.trim());
  }

  return (
    <Modal
      open={open}
      onOpenChange={(next) => {
        if (!next) setTried(false);
        onOpenChange(next);
      }}
      title={title}
      {...(reason === "required" ? { initialFocus: field } : {})}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t("cancel")}</Button>
          <Button look={danger ? "danger" : "solid"} busy={busy} disabled={disabled} onClick={submit}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="rounded-lg border border-line bg-sunken px-3 py-2.5">{preview}</div>
        {reason === "required" && (
          <FormField
            label={t("reason")}
            hint={t("reasonHint")}
            error={tried && short ? t("reasonShort", { count: shortestReason }) : undefined}
          >
            <TextArea
              ref={field}
              value={text}
              maxLength={longestReason}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
              }}
            />
          </FormField>
        )}
        {failure !== undefined && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
