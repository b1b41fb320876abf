/** When the reader last touched anything, for the session's idle limit. */

const restMs = 60_000;
const movements = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

let lastMs = typeof window === "undefined" ? 0 : Date.now();

export function lastMovementMs(): number {
  return lastMs;
}

export function isSomebodyThere(): boolean {
  return Date.now() - lastMs < restMs;
}

/** Counts as a movement; for buttons that say so, such as "stay signed in". */
export function moved(): void {
  lastMs = Date.now();
}

if (typeof window !== "undefined") {
  for (const type of movements) window.addEventListener(type, moved, { passive: true, capture: true });
}
