"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";
import { buttonStyle } from "#ui/button.tsx";

interface ModalProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** The buttons, the one that acts last. */
  readonly footer?: ReactNode;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Modal(props: ModalProps) {
  const { open, onOpenChange, title, description, footer, initialFocus, className, children } = props;
  const t = useTranslations("kit");
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto px-3 py-[max(1rem,10dvh)]">
          <Dialog.Popup
            {...(initialFocus === undefined ? {} : { initialFocus })}
            className={cn(
              "w-full max-w-lg rounded-xl border border-line bg-raised shadow-dialog outline-none transition-[opacity,scale] data-ending-style:scale-[0.985] data-ending-style:opacity-0 data-starting-style:scale-[0.985] data-starting-style:opacity-0",
              className,
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4">
              <div className="min-w-0 flex-1">
                <Dialog.Title className="text-lg font-semibold tracking-tight">{title}</Dialog.Title>
                {description !== undefined && (
                  <Dialog.Description render={<div />} className="mt-0.5 text-ink-muted">
                    {description}
                  </Dialog.Description>
                )}
              </div>
              <Dialog.Close
                aria-label={t("close")}
                className={cn(buttonStyle({ look: "quiet", size: "sm", square: true }), "-me-2")}
              >
                <X />
              </Dialog.Close>
            </header>
            <div className="px-5 py-4">{children}</div>
            {footer !== undefined && (
              <footer className="flex flex-wrap justify-end gap-2 rounded-b-xl border-t border-line bg-sunken px-5 py-3">
                {footer}
              </footer>
            )}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
