/** Writes docs/events.md and docs/events.schema.json from the schemas of the events. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { renderEventReference, renderEventSchema } from "@pitboss/domain/ops/event-reference";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
writeFileSync(`${docs}events.md`, renderEventReference());
writeFileSync(`${docs}events.schema.json`, renderEventSchema());
