import { cn } from "#lib/cn.ts";

const glyphs: Readonly<Record<string, string>> = {
  mod: "⌘",
  shift: "⇧",
  enter: "↵",
  escape: "Esc",
  up: "↑",
  down: "↓",
};

/** Keys as they are pressed together or one after the other: `mod+k`, `g p`. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      {keys.split(/[+ ]/).map((key) => (
        <kbd
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs leading-none text-ink-muted capitalize"
        >
          {glyphs[key] ?? key}
        </kbd>
      ))}
    </span>
  );
}
