"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import type { SavedView } from "#features/views/views-menu.tsx";
import { Empty } from "#ui/empty.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Modal } from "#ui/modal.tsx";

interface ManageViewsDialogProps {
  readonly views: readonly SavedView[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onRemove: (viewId: string) => void;
}

export function ManageViewsDialog({ views, open, onClose, onRemove }: ManageViewsDialogProps) {
  const t = useTranslations("views");
  return (
    <Modal open={open} onOpenChange={onClose} title={t("manage")} className="max-w-md">
      {views.length === 0 ? (
        <Empty title={t("none")} className="py-6" />
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {views.map((view) => (
            <li key={view.viewId} className="flex min-h-10 items-center gap-3">
              <span className="min-w-0 flex-1 truncate">{view.name}</span>
              {view.shared && <span className="text-xs text-ink-faint">{t("isShared")}</span>}
              <IconButton size="sm" label={t("remove", { name: view.name })} onClick={() => onRemove(view.viewId)}>
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
