/** What limit a player has to hold themselves to, told from what they said and when, and by nothing of the code under test. */
import type { LimitAmount } from "./player-limit.ts";

export interface HeldLimit {
  /** Minor units or minutes; infinite where there is none. */
  readonly most: () => number;
  ask(amount: LimitAmount, nowMs: number): void;
  confirm(nowMs: number): void;
}

const hourMs = 3_600_000;

export function openHeldLimit({
  increaseHours,
  confirmHours,
}: {
  increaseHours: number;
  confirmHours: number;
}): HeldLimit {
  let most = Number.POSITIVE_INFINITY;
  let wish: { readonly most: number; readonly askedMs: number } | undefined;
  return {
    most: () => most,
    ask(amount, nowMs) {
      const wanted = amount === null ? Number.POSITIVE_INFINITY : Number(amount);
      if (wanted === most) return;
      wish = wanted > most ? { most: wanted, askedMs: nowMs } : undefined;
      if (wanted < most) most = wanted;
    },
    confirm(nowMs) {
      if (wish === undefined) return;
      const hours = (nowMs - wish.askedMs) / hourMs;
      if (hours < increaseHours || hours >= increaseHours + confirmHours) return;
      most = wish.most;
      wish = undefined;
    },
  };
}
