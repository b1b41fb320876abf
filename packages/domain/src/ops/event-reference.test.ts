import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { transactionTypes } from "../wallet/ledger-codes.ts";
import { renderEventReference, renderEventSchema } from "./event-reference.ts";
import { eventSchemas, eventsOfTransaction, isEventName } from "./events.ts";

function readDocs(name: string): string {
  return readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), "utf8");
}

test("the reference in docs/ is what the schemas say; `npm run docs:events` writes it again", () => {
  expect(readDocs("events.md")).toBe(renderEventReference());
  expect(readDocs("events.schema.json")).toBe(renderEventSchema());
});

test("every event has a section of its own", () => {
  const reference = renderEventReference();
  for (const name of Object.keys(eventSchemas)) expect(reference).toContain(`\n## ${name}\n`);
});

test("every type of transaction is told by an event that there is", () => {
  expect(Object.keys(eventsOfTransaction).sort()).toEqual(Object.keys(transactionTypes).sort());
  for (const names of Object.values(eventsOfTransaction)) {
    for (const name of names) expect(isEventName(name)).toBe(true);
  }
});

test("every schema stands under the name that its events carry", () => {
  for (const [name, schema] of Object.entries(eventSchemas)) expect(schema.shape.event.value).toBe(name);
});
