import { cn } from "#lib/cn.ts";

/** The initials of a member of staff; the name stands beside it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? "").join("");
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-[0.625rem] font-semibold tracking-wide text-accent uppercase",
        className,
      )}
    >
      {initials}
    </span>
  );
}
