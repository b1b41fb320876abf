/** The reference of all events, written from their schemas: `docs/events.md` for people, a JSON Schema for programs. */
import { z } from "zod";
import type { JsonObject } from "../kernel/json.ts";
import { type EventName, eventSchemas, eventsOfTransaction } from "./events.ts";

interface Field extends JsonObject {
  readonly title?: string;
  readonly description?: string;
}

const commonFields = ["event", "version", "eventId", "ts", "traceId", "playerId", "subject"];

const opening = `# Events

What happened, as it goes to the bus and into cold storage: one JSON object an event. An event is made from what the
ledger committed, and never before. This page is written from the schemas (\`npm run docs:events\`); the same as JSON
Schema stands in [events.schema.json](events.schema.json).

- Events of one player come in the order in which they happened. Between players there is no promise.
- An event may come more than once, always with the same \`eventId\`: a consumer applies each id once.
- Amounts are decimal strings with all of the currency's decimals; times are UTC.
- A field may be added at any time, so readers ignore what they don't know. Any other change raises \`version\`.
- On NATS the subject is \`pitboss.events.<playerId>.<event>\`, and the message id is the \`eventId\`.
`;

export function renderEventReference(): string {
  const names = Object.keys(eventSchemas) as EventName[];
  const [first] = names;
  const common = first === undefined ? [] : commonFieldsOf(schemaOf(first));
  const parts = [opening, "## Fields of every event\n", renderFields(common)];
  for (const name of names) {
    const schema = schemaOf(name);
    const types = Object.entries(eventsOfTransaction).filter(([, events]) =>
      (events as readonly string[]).includes(name),
    );
    const origin =
      types.length === 0 ? "Moves no money." : `From ${types.map(([type]) => `\`${type}\``).join(", ")} in the ledger.`;
    parts.push(`## ${name}\n`, `${schema.description ?? ""} ${origin}\n`);
    const own = fieldsOf(schema).filter(([field]) => field === "version" || !commonFields.includes(field));
    parts.push(renderFields(own));
  }
  return `${parts.join("\n").trimEnd()}\n`;
}

/** One JSON Schema (draft 2020-12) that takes any event. */
export function renderEventSchema(): string {
  const events = Object.fromEntries((Object.keys(eventSchemas) as EventName[]).map((name) => [name, schemaOf(name)]));
  const anyOf = Object.keys(events).map((name) => ({ $ref: `#/$defs/${name}` }));
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Pitboss events",
    anyOf,
    $defs: events,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function schemaOf(name: EventName): Field {
  // What a reader has to accept: unknown fields are allowed, as they are for every reader.
  const { $schema, ...schema } = z.toJSONSchema(eventSchemas[name], {
    io: "input",
    override: ({ jsonSchema }) => {
      // A pattern that spells out the leap years helps nobody beside the format's name.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  return schema as unknown as Field;
}

/** The name and the version stand as constants in each schema; in common they are a text and a number. */
function commonFieldsOf(schema: Field): [string, Field, boolean][] {
  return fieldsOf(schema)
    .filter(([name]) => commonFields.includes(name))
    .map(([name, { const: _own, ...field }, required]) => [name, field, required]);
}

function fieldsOf(schema: Field): [string, Field, boolean][] {
  const required = (schema["required"] ?? []) as readonly string[];
  return Object.entries((schema["properties"] ?? {}) as Record<string, Field>).map(([name, field]) => [
    name,
    field,
    required.includes(name),
  ]);
}

function renderFields(fields: readonly [string, Field, boolean][]): string {
  const rows = fields.flatMap(([name, field, required]) => renderField(name, field, required));
  return ["| field | form | meaning |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

function renderField(name: string, field: Field, required: boolean): string[] {
  const form = formOf(field) + (required ? "" : ", may be absent");
  const own = `| \`${name}\` | ${form} | ${field.description ?? ""} |`;
  const inner = innerOf(field);
  if (inner === undefined) return [own];
  const prefix = field["type"] === "array" ? `${name}[]` : name;
  return [
    own,
    ...fieldsOf(inner).flatMap(([child, shape, needed]) => renderField(`${prefix}.${child}`, shape, needed)),
  ];
}

/** The object whose fields are to be listed below this one's row. */
function innerOf(field: Field): Field | undefined {
  const candidates = [field, ...((field["anyOf"] ?? []) as readonly Field[]), (field["items"] ?? {}) as Field];
  return candidates.find((candidate) => candidate["type"] === "object" && candidate["properties"] !== undefined);
}

function formOf(field: Field): string {
  if (field.title !== undefined && field["anyOf"] === undefined) return field.title;
  if (field["const"] !== undefined) return `\`${JSON.stringify(field["const"])}\``;
  if (Array.isArray(field["enum"])) return (field["enum"] as string[]).map((value) => `\`${value}\``).join(" ");
  const anyOf = field["anyOf"] as readonly Field[] | undefined;
  if (anyOf !== undefined) return anyOf.map(formOf).join(" or ");
  if (field["type"] === "array") return `list of ${formOf((field["items"] ?? {}) as Field)}`;
  if (Array.isArray(field["type"])) return (field["type"] as string[]).join(" or ");
  return typeof field["type"] === "string" ? field["type"] : "any JSON";
}
