"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Kbd } from "#ui/kbd.tsx";
import { Spinner } from "#ui/spinner.tsx";

export interface PaletteEntry {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly icon: ReactNode;
  readonly shortcut?: string | undefined;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly id: string;
  readonly heading: string;
  readonly entries: readonly PaletteEntry[];
}

interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly query: string;
  readonly onQueryChange: (query: string) => void;
  readonly searching: boolean;
  /** What matches, best first; the caller filters. */
  readonly groups: readonly PaletteGroup[];
}

export function CommandPalette(props: CommandPaletteProps) {
  const { open, onOpenChange, query, onQueryChange, searching, groups } = props;
  const t = useTranslations("kit.palette");
  const [picked, setPicked] = useState("");
  const ids = groups.flatMap(({ entries }) => entries.map(({ id }) => id));
  // Enter opens what stands first, until somebody picks something else that is still there.
  const selected = ids.includes(picked) ? picked : (ids[0] ?? "");
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label={t("label")}
          className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-1.5rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised shadow-dialog outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <Command shouldFilter={false} label={t("label")} loop value={selected} onValueChange={setPicked}>
            <div className="flex items-center gap-2.5 border-b border-line px-3.5">
              {searching ? (
                <Spinner className="shrink-0 text-ink-faint" />
              ) : (
                <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
              )}
              <Command.Input
                autoFocus
                value={query}
                onValueChange={(next) => {
                  setPicked("");
                  onQueryChange(next);
                }}
                placeholder={t("placeholder")}
                className="h-12 w-full bg-transparent text-base outline-none pointer-coarse:text-lg"
              />
            </div>
            <Command.List className="h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
              <Command.Empty className="flex h-24 items-center justify-center text-ink-muted">
                {searching ? t("searching") : t("nothing")}
              </Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group.id}
                  heading={group.heading}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
                >
                  {group.entries.map((entry) => (
                    <Command.Item
                      key={entry.id}
                      value={entry.id}
                      onSelect={() => {
                        onOpenChange(false);
                        entry.run();
                      }}
                      className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1 select-none data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint"
                    >
                      {entry.icon}
                      <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                      {entry.hint !== undefined && (
                        <span className="shrink-0 text-xs text-ink-faint">{entry.hint}</span>
                      )}
                      {entry.shortcut !== undefined && <Kbd keys={entry.shortcut} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
