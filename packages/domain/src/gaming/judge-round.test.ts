import { describe, expect, test } from "vitest";
import { judgeLateResult, judgeTombstone, judgeWaitingRound } from "./judge-round.ts";

const hour = 3_600_000;
const waiting = {
  ageMs: 2 * hour,
  staleAfterMs: 336 * hour,
  status: "OPEN",
  partlySettled: false,
  proposed: false,
} as const;

describe("a round that waits for a result", () => {
  test("is stuck until its provider's time has passed, and stale from that very moment on", () => {
    expect(judgeWaitingRound({ ...waiting, ageMs: 336 * hour - 1 })).toEqual({
      trouble: "STUCK",
      cause: "NO_RESULT",
      action: "ASK_PROVIDER",
    });
    expect(judgeWaitingRound({ ...waiting, ageMs: 336 * hour })).toEqual({
      trouble: "STALE",
      cause: "NO_RESULT",
      action: "VOID",
    });
  });

  test("says that a part of it was settled, or that it was closed over the bet", () => {
    expect(judgeWaitingRound({ ...waiting, partlySettled: true }).cause).toBe("PARTLY_SETTLED");
    expect(judgeWaitingRound({ ...waiting, partlySettled: true, status: "CLOSED" }).cause).toBe(
      "CLOSED_WITHOUT_RESULT",
    );
    expect(judgeWaitingRound({ ...waiting, status: "LATE_CREDITED" }).cause).toBe("CLOSED_WITHOUT_RESULT");
  });

  test("is not to be voided a second time while a void of it is proposed", () => {
    expect(judgeWaitingRound({ ...waiting, ageMs: 400 * hour, proposed: true }).action).toBe("DECIDE_PROPOSAL");
  });
});

test("a late result is booked, and is to be compared with the provider's round", () => {
  expect(judgeLateResult()).toEqual({ trouble: "LATE_WIN", cause: "RESULT_AFTER_CLOSE", action: "COMPARE_ROUND" });
});

test("a tombstone that its bet has met needs nothing more; one that waits for it does", () => {
  expect(judgeTombstone(true).action).toBe("NONE");
  expect(judgeTombstone(false)).toEqual({
    trouble: "TOMBSTONE",
    cause: "BET_NEVER_CAME",
    action: "COMPARE_ROUND",
  });
});
