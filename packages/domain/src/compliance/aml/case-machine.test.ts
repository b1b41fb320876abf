import { expect, test } from "vitest";
import { amlCaseMachine, amlStateAfter, openAmlCaseStates, sarStateAfter } from "./case-machine.ts";

test("a case is decided only by somebody who has it", () => {
  expect(amlStateAfter("OPEN", "clear")).toBeUndefined();
  expect(amlStateAfter("OPEN", "report")).toBeUndefined();
  expect(amlStateAfter("IN_REVIEW", "clear")).toBe("CLEARED");
});

test("every state that is not open can be opened again, and nothing else", () => {
  const closed = Object.keys(amlCaseMachine).filter(
    (state) => !(openAmlCaseStates as readonly string[]).includes(state),
  );
  for (const state of closed) expect(Object.keys(amlCaseMachine[state as "CLEARED"])).toEqual(["reopen"]);
});

test("what was filed is never edited, filed again or discarded", () => {
  for (const event of ["edit", "file", "discard"] as const) {
    expect(sarStateAfter("FILED", event)).toBeUndefined();
    expect(sarStateAfter("ACKNOWLEDGED", event)).toBeUndefined();
    expect(sarStateAfter("DISCARDED", event)).toBeUndefined();
  }
});
