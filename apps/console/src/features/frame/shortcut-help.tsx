"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useShortcut, useShortcutList } from "#lib/shortcuts.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Modal } from "#ui/modal.tsx";
import { usePreferences } from "#ui/preferences-provider.tsx";
import { Switch } from "#ui/switch.tsx";

const openEvent = "pitboss:shortcuts";
const groups = ["global", "go", "list", "page"] as const;

export function openShortcutHelp(): void {
  document.dispatchEvent(new Event(openEvent));
}

/** `?`: every key that does something here, and the switch that turns single letters off. */
export function ShortcutHelp() {
  const t = useTranslations("frame.shortcuts");
  const [open, setOpen] = useState(false);
  const { preferences, change } = usePreferences();
  const shortcuts = useShortcutList();
  useShortcut({ keys: "?", label: t("title"), group: "global", run: () => setOpen(true) });
  useEffect(() => {
    const show = () => setOpen(true);
    document.addEventListener(openEvent, show);
    return () => document.removeEventListener(openEvent, show);
  }, []);
  return (
    <Modal open={open} onOpenChange={setOpen} title={t("title")} className="max-w-2xl">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {groups
          .map((group) => ({ group, entries: shortcuts.filter((each) => each.group === group) }))
          .filter(({ entries }) => entries.length > 0)
          .map(({ group, entries }) => (
            <section key={group}>
              <h3 className="mb-1 text-xs font-medium text-ink-faint">{t(`groups.${group}`)}</h3>
              <ul>
                {entries.map((entry) => (
                  <li key={entry.keys} className="flex min-h-7 items-center justify-between gap-4">
                    <span>{entry.label}</span>
                    <Kbd keys={entry.keys} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
      <div className="mt-4 border-t border-line pt-3">
        <Switch
          label={t("letters")}
          hint={t("lettersHint")}
          checked={preferences.letterKeys}
          onChange={(letterKeys) => change({ letterKeys })}
        />
      </div>
    </Modal>
  );
}
