"use client";

import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";
import { buttonStyle } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";

interface PeekProps {
  readonly title: string;
  /** The full page. */
  readonly href: string;
  readonly onClose: () => void;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A look at one row beside its list, which stays usable; below a desktop's width it lies over it. */
export function Peek({ title, href, onClose, onPrevious, onNext, children }: PeekProps) {
  const t = useTranslations("kit.peek");
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Over the list (see the classes below), the panel takes the focus, so that a reader is not left behind it.
    if (!window.matchMedia("(min-width: 64rem)").matches) panel.current?.focus();
  }, []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={t("label", { title })}
      className="flex shrink-0 flex-col overflow-hidden border-s border-line bg-surface outline-none max-lg:fixed max-lg:inset-0 max-lg:z-40 max-lg:border-0 lg:w-[min(30rem,40%)]"
    >
      <header className="flex h-11 shrink-0 items-center gap-1 border-b border-line ps-4 pe-2">
        <span className="me-auto min-w-0 truncate font-medium">{title}</span>
        <IconButton
          label={t("previous")}
          shortcut="k"
          size="sm"
          disabled={onPrevious === undefined}
          onClick={onPrevious}
        >
          <ChevronUp />
        </IconButton>
        <IconButton label={t("next")} shortcut="j" size="sm" disabled={onNext === undefined} onClick={onNext}>
          <ChevronDown />
        </IconButton>
        <Link
          href={href}
          aria-label={t("open")}
          className={cn(buttonStyle({ look: "quiet", size: "sm", square: true }))}
        >
          <Maximize2 />
        </Link>
        <IconButton label={t("close")} shortcut="escape" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain [--page-x:1rem]">{children}</div>
    </aside>
  );
}
