import { expect, test } from "vitest";
import { gatherReads } from "./gather-reads.ts";

/** Reads that wait until they are let go, with what each of them was asked for. */
function slowReads(answer: (key: number) => string | undefined) {
  const asked: number[][] = [];
  const held: { go: () => void; fail: (error: Error) => void }[] = [];
  const ask = gatherReads<number, string>(String, (keys) => {
    asked.push([...keys]);
    return new Promise((resolve, reject) => {
      held.push({
        go: () =>
          resolve(new Map(keys.flatMap((key) => (answer(key) === undefined ? [] : [[`${key}`, answer(key) ?? ""]])))),
        fail: reject,
      });
    });
  });
  return { ask, asked, held };
}

test("what is asked for while a read is away goes with the next one, each key once", async () => {
  const { ask, asked, held } = slowReads((key) => `value ${key}`);
  const first = ask(1);
  const rest = [ask(2), ask(3), ask(2), ask(1)];
  expect(asked).toEqual([[1]]);
  held[0]?.go();
  expect(await first).toBe("value 1");
  // The one that was away was asked before them, so that they may not be answered from it.
  await new Promise(setImmediate);
  expect(asked).toEqual([[1], [2, 3, 1]]);
  held[1]?.go();
  expect(await Promise.all(rest)).toEqual(["value 2", "value 3", "value 2", "value 1"]);
});

test("what is not there is undefined", async () => {
  const { ask, held } = slowReads(() => undefined);
  const asked = ask(1);
  held[0]?.go();
  expect(await asked).toBeUndefined();
});

test("a read that fails is told to all that it was for, and the next ones go on", async () => {
  const { ask, held } = slowReads((key) => `value ${key}`);
  const [broken, later] = [ask(1), ask(2)];
  held[0]?.fail(new Error("the database is away"));
  await expect(broken).rejects.toThrow("the database is away");
  await new Promise(setImmediate);
  held[1]?.go();
  expect(await later).toBe("value 2");
});
