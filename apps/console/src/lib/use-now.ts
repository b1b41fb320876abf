"use client";

import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, 1_000);
  return () => clearInterval(timer);
}

// Whole seconds, so that reading it twice while rendering gives one value.
function readNow(): number {
  return Math.floor(Date.now() / 1_000) * 1_000;
}

/** The time in milliseconds, once a second; undefined while the server renders, whose clock is not the reader's. */
export function useNow(): number | undefined {
  return useSyncExternalStore(subscribe, readNow, () => undefined);
}
