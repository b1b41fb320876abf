"use client";

import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { usePreferences } from "#ui/preferences-provider.tsx";

export interface Shortcut {
  /** `j`, `mod+k`, `?`, or two keys one after the other: `g p`. */
  readonly keys: string;
  readonly label: string;
  readonly group: "global" | "go" | "list" | "page";
  readonly run: () => void;
  /** True where it also works while a text field has the focus. */
  readonly inFields?: boolean;
}

interface Registry {
  readonly shortcuts: readonly Shortcut[];
  readonly add: (shortcut: Shortcut) => () => void;
}

const Context = createContext<Registry | undefined>(undefined);

const sequenceMs = 900;

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [shortcuts, setShortcuts] = useState<readonly Shortcut[]>([]);
  const { preferences } = usePreferences();
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const letters = preferences.letterKeys;

  const add = useCallback((shortcut: Shortcut) => {
    setShortcuts((before) => [...before, shortcut]);
    return () => setShortcuts((before) => before.filter((each) => each !== shortcut));
  }, []);

  useEffect(() => {
    let first: { key: string; atMs: number } | undefined;
    function press(event: KeyboardEvent) {
      const key = pressed(event);
      if (key === undefined || event.defaultPrevented || belongsToTarget(key, event.target)) return;
      const sequence =
        first !== undefined && event.timeStamp - first.atMs < sequenceMs ? `${first.key} ${key}` : undefined;
      first = { key, atMs: event.timeStamp };
      const typing = isTyping(event.target);
      // The one that was registered last belongs to what is on top.
      const match = latest.current.findLast(
        (each) =>
          (each.keys === sequence || each.keys === key) &&
          (!typing || each.inFields === true) &&
          (letters || key.includes("+") || key.length > 1),
      );
      if (match === undefined) return;
      event.preventDefault();
      first = undefined;
      match.run();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [letters]);

  const registry = useMemo(() => ({ shortcuts, add }), [shortcuts, add]);
  return <Context value={registry}>{children}</Context>;
}

function pressed(event: KeyboardEvent): string | undefined {
  if (event.isComposing || event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.metaKey || event.ctrlKey) return `mod+${key}`;
  return key;
}

/** Enter on a link follows it, and on a button presses it. */
function belongsToTarget(key: string, target: EventTarget | null): boolean {
  return key === "Enter" && target instanceof Element && target.closest("a, button, summary, [role=checkbox]") !== null;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=menu], [role=listbox], [role=dialog][data-modal]") !== null)
    return true;
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

/** Registers a key for as long as the component is there; `?` lists it. */
export function useShortcut(shortcut: Shortcut | undefined): void {
  const registry = use(Context);
  if (registry === undefined) throw new Error("ShortcutProvider is missing");
  const { add } = registry;
  const run = useRef(shortcut?.run);
  run.current = shortcut?.run;
  const { keys, label, group, inFields = false } = shortcut ?? {};
  useEffect(() => {
    if (keys === undefined || label === undefined || group === undefined) return undefined;
    return add({ keys, label, group, inFields, run: () => run.current?.() });
  }, [add, keys, label, group, inFields]);
}

export function useShortcutList(): readonly Shortcut[] {
  return use(Context)?.shortcuts ?? [];
}
