import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderStateMachines } from "./state-machine-reference.ts";

test("the drawings in docs/ are what the tables say; `npm run docs:states` draws them again", () => {
  const page = readFileSync(new URL("../../../../docs/state-machines.md", import.meta.url), "utf8");
  expect(page).toBe(renderStateMachines());
});
