"use client";

import { Toast } from "@base-ui/react/toast";
import { CircleCheck, Info, OctagonAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { toasts } from "#lib/toasts.ts";
import { cn } from "#lib/cn.ts";
import { buttonStyle } from "#ui/button.tsx";

/** Holds what was just done, or failed, until it was read. Base UI's own, because it needs no inline style (CSP). */
export function Toaster({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={toasts} limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-3 z-70 flex flex-col gap-2 sm:left-auto sm:w-96 sm:right-4 sm:bottom-4">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
  const t = useTranslations("kit");
  const manager = Toast.useToastManager();
  return manager.toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={["right", "down"]}
      className="translate-x-(--toast-swipe-movement-x) translate-y-(--toast-swipe-movement-y) rounded-lg border border-line bg-raised shadow-float transition-[opacity,translate] duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2.5 px-3 py-2.5">
        <ToneIcon tone={toast.type} />
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium" />
          <Toast.Description className="text-ink-muted wrap-anywhere" />
        </div>
        <Toast.Close
          aria-label={t("close")}
          className={cn(buttonStyle({ look: "quiet", size: "sm", square: true }), "-my-1 -me-1.5")}
        >
          <X />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

function ToneIcon({ tone }: { tone: string | undefined }) {
  if (tone === "good") return <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />;
  if (tone === "bad") return <OctagonAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />;
  return <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-muted" />;
}
