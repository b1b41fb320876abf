"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { lastMovementMs, moved } from "#lib/activity.ts";
import { useNow } from "#lib/use-now.ts";
import { Button } from "#ui/button.tsx";
import { Modal } from "#ui/modal.tsx";

interface IdleWarningProps {
  /** How long a session may rest, milliseconds. */
  readonly idleMs: number;
  /** How long before the end the warning comes, milliseconds. */
  readonly warnMs: number;
  /** Tells the engine that somebody is there. */
  readonly onStay: () => void;
  readonly onEnd: () => void;
}

const tellEveryMs = 60_000;

/** Warns before a session that rests is ended, and tells the engine while somebody is working. */
export function IdleWarning({ idleMs, warnMs, onStay, onEnd }: IdleWarningProps) {
  const t = useTranslations("frame.idle");
  const now = useNow();
  const told = useRef(0);
  // A warning stays until it is answered: a mouse that brushes the table is no answer.
  const [shown, setShown] = useState(false);
  const restedMs = now === undefined ? 0 : now - lastMovementMs();
  const warning = shown || restedMs >= idleMs - warnMs;
  const [shownAtMs, setShownAtMs] = useState(0);
  const leftMs = shown && now !== undefined ? Math.max(0, warnMs - (now - shownAtMs)) : warnMs;
  const over = shown && leftMs === 0;

  useEffect(() => {
    if (!warning || shown || now === undefined) return;
    setShown(true);
    setShownAtMs(now);
  }, [warning, shown, now]);

  useEffect(() => {
    if (now === undefined || warning || restedMs > tellEveryMs || now - told.current < tellEveryMs) return;
    if (told.current > 0) onStay();
    told.current = now;
  }, [now, warning, restedMs, onStay]);

  useEffect(() => {
    if (over) onEnd();
  }, [over, onEnd]);

  function stay() {
    setShown(false);
    moved();
    told.current = Date.now();
    onStay();
  }

  const leftSeconds = Math.ceil(leftMs / 1_000);
  return (
    <Modal
      open={shown && !over}
      onOpenChange={(open) => {
        if (!open) stay();
      }}
      title={t("title")}
      description={t("text", { seconds: leftSeconds })}
      footer={
        <>
          <Button onClick={onEnd}>{t("end")}</Button>
          <Button look="solid" onClick={stay}>
            {t("stay")}
          </Button>
        </>
      }
      className="max-w-md"
    >
      <div className="h-1 overflow-hidden rounded-full bg-press">
        <div
          className="h-full origin-left bg-warn transition-transform"
          style={{ transform: `scaleX(${leftSeconds / (warnMs / 1_000)})` }}
        />
      </div>
    </Modal>
  );
}
