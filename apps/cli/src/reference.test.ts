import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandGroups } from "./commands/registry.ts";
import { referenceMark, renderReference } from "./reference.ts";

const page = readFileSync(new URL("../../../docs/cli.md", import.meta.url), "utf8");

test("the reference in docs/cli.md is what the commands say; `npm run docs -w apps/cli` writes it again", async () => {
  expect(page.slice(page.indexOf(referenceMark))).toBe(await renderReference());
});

test("every command has a section", async () => {
  const reference = await renderReference();
  for (const name of Object.keys(commandGroups)) expect(reference).toContain(`\n### pitboss ${name}`);
});

test("every command that the page's text tells to type is one that there is", async () => {
  const reference = await renderReference();
  const typed = page.slice(0, page.indexOf(referenceMark)).matchAll(/^pitboss ((?:[a-z][a-z-]+ ?){1,2})/gm);
  const known = [...typed].map(([, words = ""]) => {
    const [first = "", second] = words.trim().split(" ");
    const both = reference.includes(`\n### pitboss ${first} ${second ?? ""}\n`);
    return [first, both || reference.includes(`\n### pitboss ${first}\n`)];
  });
  expect(known.length).toBeGreaterThan(10);
  expect(known.filter(([, there]) => there !== true)).toEqual([]);
});
