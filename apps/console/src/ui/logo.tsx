import { cn } from "#lib/cn.ts";

/** A chip seen from above, cut as a P would be. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={cn("shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-accent-solid" />
      <circle
        cx="12"
        cy="12"
        r="6.4"
        fill="none"
        stroke="white"
        strokeWidth="3"
        strokeDasharray="4.02 2.68"
        strokeDashoffset="2"
        opacity="0.55"
      />
      <circle cx="12" cy="12" r="3.1" fill="white" />
    </svg>
  );
}
