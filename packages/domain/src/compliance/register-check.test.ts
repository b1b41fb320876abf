import { expect, test } from "vitest";
import { mayGoOn, mustAsk, type RegisterRules } from "./register-check.ts";

const rules: RegisterRules = {
  code: "gamstop",
  askAt: ["REGISTRATION", "SIGN_IN", "PLAY"],
  freshMinutes: 60,
  whenDown: "REFUSE",
};
const now = 10_000_000;

test("an answer counts for play until it is as old as the pack says, and never for a sign-in", () => {
  expect(mustAsk(rules, "PLAY", null, now)).toBe(true);
  expect(mustAsk(rules, "PLAY", now - 3_600_000, now)).toBe(true);
  expect(mustAsk(rules, "PLAY", now - 3_599_999, now)).toBe(false);
  expect(mustAsk(rules, "SIGN_IN", now, now)).toBe(true);
  expect(mustAsk({ ...rules, askAt: ["REGISTRATION"] }, "SIGN_IN", null, now)).toBe(false);
});

test("who is in the register signs in to take out what is theirs, and does nothing else", () => {
  expect(mayGoOn(rules, "REGISTRATION", "EXCLUDED")).toBe(false);
  expect(mayGoOn(rules, "PLAY", "EXCLUDED")).toBe(false);
  expect(mayGoOn(rules, "SIGN_IN", "EXCLUDED")).toBe(true);
});

test("without an answer it is the pack that says who comes in", () => {
  expect(mayGoOn(rules, "SIGN_IN", "DOWN")).toBe(false);
  expect(mayGoOn({ ...rules, whenDown: "ALLOW_AND_RECHECK" }, "PLAY", "DOWN")).toBe(true);
});
