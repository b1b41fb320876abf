import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { buildWholeProgram } from "../program.ts";
import { completionScript, listPaths } from "./completion-script.ts";

const paths = listPaths(await buildWholeProgram());
const script = completionScript("bash", paths);

/** What bash itself offers at the end of these words. */
function complete(...words: string[]): string[] {
  const program = `${script}\nCOMP_WORDS=(pitboss "$@"); COMP_CWORD=$#; _pitboss; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", program, "bash", ...words], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean);
}

test("bash offers the commands that begin so", () => {
  expect(complete("con")).toEqual(["context"]);
  expect(complete("context", "")).toEqual(expect.arrayContaining(["list", "add", "use", "remove"]));
});

test("bash passes over options and their values on the way", () => {
  expect(complete("--context", "staff", "--json", "context", "re")).toEqual(["remove"]);
});

test("bash offers a command's own options and the global ones", () => {
  expect(complete("context", "add", "--pro")).toEqual(["--production"]);
  expect(complete("context", "add", "--js")).toEqual(["--json"]);
});

test("bash offers nothing where a value is to be typed", () => {
  expect(complete("--context", "")).toEqual([]);
});

test("a fixed list of arguments is offered", () => {
  expect(complete("completion", "")).toEqual(expect.arrayContaining(["bash", "zsh", "fish"]));
});

test("zsh and fish know every command", () => {
  const inner = paths.filter(({ words }) => words.length > 0);
  expect(inner.length).toBeGreaterThan(10);
  const fish = completionScript("fish", paths);
  for (const { words } of inner) expect(fish).toContain(`-a ${words.at(-1)} `);
  expect(completionScript("zsh", paths)).toContain(script);
});
