import { expect, test } from "vitest";
import { createPaint } from "./paint.ts";
import { createPrinter, fields, table } from "./printer.ts";

const bare = createPaint({}, true);

function printed(json: boolean): { printer: ReturnType<typeof createPrinter>; text: () => string } {
  let text = "";
  return { printer: createPrinter((more) => (text += more), json, bare), text: () => text };
}

test("a person gets the view, a program the value, of the same call", () => {
  const value = { b: 1, a: ["x"] };
  const person = printed(false);
  person.printer.show(value, ({ b }) => [`b is ${b}`]);
  expect(person.text()).toBe("b is 1\n");
  const program = printed(true);
  program.printer.show(value, () => []);
  expect(program.text()).toBe('{\n  "b": 1,\n  "a": [\n    "x"\n  ]\n}\n');
});

test("rows for a program are one line each", () => {
  const { printer, text } = printed(true);
  printer.row({ id: 1 }, () => []);
  printer.row({ id: 2, note: "two\nlines" }, () => []);
  expect(text()).toBe('{"id":1}\n{"id":2,"note":"two\\nlines"}\n');
});

test("columns are as wide as their widest cell, figures to the right, and an empty cell is a dash", () => {
  const rows = [
    { name: "Ada", amount: "1.00" },
    { name: "Bartholomew", amount: "12345.00" },
    { name: "", amount: null },
  ];
  const lines = table(
    [
      { title: "name", text: ({ name }) => name },
      { title: "amount", text: ({ amount }) => amount, align: "right" },
    ],
    rows,
    bare,
  );
  expect(lines).toEqual([
    "NAME           AMOUNT",
    "Ada              1.00",
    "Bartholomew  12345.00",
    "-                   -",
  ]);
});

test("wide characters take two columns", () => {
  const lines = table(
    [
      { title: "n", text: ({ n }) => n },
      { title: "x", text: () => "|" },
    ],
    [{ n: "東京" }, { n: "ab" }],
    bare,
  );
  expect(lines.slice(1)).toEqual(["東京  |", "ab    |"]);
});

test("what came over the wire can't give orders to the terminal", () => {
  const evil = "\u001b[2Jgone\u009b31m\u202eabc\r\n";
  const { printer, text } = printed(false);
  printer.show(evil, (value) => fields([["Name", value]], bare));
  expect(text()).not.toMatch(/[\u001b\u009b\u202e\r]/);
  expect(text()).toContain("\\u001b[2Jgone");
  const program = printed(true);
  program.printer.show({ evil }, () => []);
  expect(program.text()).not.toMatch(/[\u009b\u202e]/);
  expect(JSON.parse(program.text())).toEqual({ evil });
});

test("there are colours on a terminal alone", () => {
  expect(createPaint({ isTTY: true }, true).red("x")).toBe("\u001b[31mx\u001b[39m");
  expect(createPaint({ isTTY: true }, false).red("x")).toBe("x");
  expect(createPaint({ isTTY: false }, true).red("x")).toBe("x");
});
