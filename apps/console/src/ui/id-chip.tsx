"use client";

import { Check, Copy } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";

interface IdChipProps {
  readonly id: string;
  /** Where the thing is shown; without it the id is text. */
  readonly href?: string;
  readonly className?: string;
}

const confirmMs = 1_400;

/** An id in full, in a face where no two letters look alike, with a button that copies it. */
export function IdChip({ id, href, className }: IdChipProps) {
  const t = useTranslations("kit");
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(id);
    setCopied(true);
    setTimeout(() => setCopied(false), confirmMs);
  }
  return (
    <span
      className={cn(
        "group/id relative z-1 inline-flex max-w-full min-w-0 items-center gap-0.5 font-mono text-xs",
        className,
      )}
    >
      {href === undefined ? (
        <span className="overflow-hidden text-ellipsis wrap-anywhere">{id}</span>
      ) : (
        <Link
          href={href}
          className="overflow-hidden text-accent text-ellipsis wrap-anywhere no-underline underline-offset-2 hover:underline"
        >
          {id}
        </Link>
      )}
      <button
        type="button"
        onClick={() => void copy()}
        aria-label={copied ? t("copied") : t("copyId", { id })}
        className="inline-flex size-5 shrink-0 items-center justify-center rounded-sm text-ink-faint opacity-0 transition-opacity group-hover/id:opacity-100 hover:bg-hover hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100"
      >
        {copied ? <Check className="size-3 text-good" /> : <Copy className="size-3" />}
      </button>
      <span role="status" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </span>
  );
}
