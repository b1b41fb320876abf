"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
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

const movements = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
const tellEveryMs = 60_000;

/** Warns before a session that rests is ended, and tells the engine while somebody is working. */
export function IdleWarning({ idleMs, warnMs, onStay, onEnd }: IdleWarningProps) {
  const t = useTranslations("frame.idle");
  const now = useNow();
  const [lastMs, setLastMs] = useState<number>();
  const told = useRef(0);
  const warning = now !== undefined && lastMs !== undefined && now - lastMs >= idleMs - warnMs;
  const over = now !== undefined && lastMs !== undefined && now - lastMs >= idleMs;

  useEffect(() => {
    setLastMs(Date.now());
    told.current = Date.now();
  }, []);

  useEffect(() => {
    if (warning) return undefined;
    function move() {
      const at = Date.now();
      setLastMs(at);
      if (at - told.current < tellEveryMs) return;
      told.current = at;
      onStay();
    }
    for (const type of movements) window.addEventListener(type, move, { passive: true });
    return () => {
      for (const type of movements) window.removeEventListener(type, move);
    };
  }, [warning, onStay]);

  useEffect(() => {
    if (over) onEnd();
  }, [over, onEnd]);

  function stay() {
    setLastMs(Date.now());
    told.current = Date.now();
    onStay();
  }

  const leftSeconds = warning && !over ? Math.max(0, Math.ceil((idleMs - (now - lastMs)) / 1_000)) : 0;
  return (
    <Modal
      open={warning && !over}
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
