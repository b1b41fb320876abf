"use client";

import { ArrowUp } from "lucide-react";
import { useTranslations } from "use-intl";

/** Says that there is more than is shown; nothing moves until it is pressed. */
export function LivePill({ count, onShow }: { count: number; onShow: () => void }) {
  const t = useTranslations("kit.live");
  return (
    <div role="status" className="pointer-events-none sticky top-0.5 z-20 flex h-0 justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto flex h-7 items-center gap-1.5 rounded-full bg-accent-solid px-3 text-xs font-medium text-on-accent shadow-float hover:bg-accent-hover"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {t("newRows", { count })}
        </button>
      )}
    </div>
  );
}
