import { Toast } from "@base-ui/react/toast";

/** One manager for the whole console, so that code outside of React's tree (a failed refetch) can speak as well. */
export const toasts = Toast.createToastManager();

export type ToastTone = "good" | "bad" | "neutral";

export function toast(title: string, options: { readonly tone?: ToastTone; readonly description?: string } = {}): void {
  const { tone = "neutral", description } = options;
  toasts.add({
    title,
    type: tone,
    priority: tone === "bad" ? "high" : "low",
    // A failure stays until it is read.
    timeout: tone === "bad" ? 0 : 5_000,
    ...(description === undefined ? {} : { description }),
  });
}
