import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({ extend: { theme: { text: ["2xs"] } } });

/** Joins class names; of two that set the same property, the later one stays. */
export function cn(...names: readonly (string | false | undefined)[]): string {
  return merge(names.filter(Boolean).join(" "));
}
