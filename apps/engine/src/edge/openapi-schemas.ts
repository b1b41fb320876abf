/** Puts the schemas of the OpenAPI document in order: one name each, nothing that nobody refers to, examples as JSON Schema has them. */
import { isDeepStrictEqual } from "node:util";

export type JsonMap = Record<string, unknown>;

const refPrefix = "#/components/schemas/";
const inputSuffix = "Input";

/**
 * Every schema with an id comes twice: as it is read (`AmountInput`) and as it is written (`Amount`). Only one of the two
 * is used, or both look the same; either way it gets the one name that it was given. Throws where they differ, because
 * readers of the document could not know which one is meant.
 */
export function oneNameEach(document: JsonMap): JsonMap {
  const components = document["components"] as JsonMap;
  const schemas = components["schemas"] as Record<string, unknown>;
  const used = reachable(document["paths"], schemas);
  const kept: Record<string, unknown> = {};
  for (const name of used) {
    const plain = plainName(name, schemas);
    const schema = renameRefs(schemas[name], schemas);
    if (plain in kept && !isDeepStrictEqual(kept[plain], schema)) {
      throw new Error(`the schema ${plain} looks different when it is read and when it is written: give it two ids`);
    }
    kept[plain] = schema;
  }
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...(renameRefs({ ...document, components: {} }, schemas) as JsonMap),
    components: { ...components, schemas: sorted },
  };
}

/** `example: x` beside a schema's keywords is OpenAPI 3.0's way; JSON Schema, and so 3.1, says `examples: [x]`. */
export function spellExamples<T>(value: T, insideProperties = false): T {
  if (Array.isArray(value)) return value.map((item: unknown) => spellExamples(item)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, child]): [string, unknown] => {
    if (key === "examples") return [key, child];
    if (key === "example" && !insideProperties) return ["examples", [child]];
    return [key, spellExamples<unknown>(child, key === "properties" && !insideProperties)];
  });
  return Object.fromEntries(entries) as T;
}

function plainName(name: string, schemas: Readonly<Record<string, unknown>>): string {
  if (!name.endsWith(inputSuffix)) return name;
  const plain = name.slice(0, -inputSuffix.length);
  return plain in schemas ? plain : name;
}

/** The names that these routes refer to, directly or through other schemas. */
function reachable(paths: unknown, schemas: Readonly<Record<string, unknown>>): Set<string> {
  const found = new Set<string>(["Problem"]);
  const look = (value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    for (const [key, child] of Object.entries(value)) {
      if (key !== "$ref" || typeof child !== "string") look(child);
      else if (!found.has(child.slice(refPrefix.length))) {
        found.add(child.slice(refPrefix.length));
        look(schemas[child.slice(refPrefix.length)]);
      }
    }
  };
  look(paths);
  return found;
}

function renameRefs(value: unknown, schemas: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((item) => renameRefs(item, schemas));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      if (key !== "$ref" || typeof child !== "string") return [key, renameRefs(child, schemas)];
      return [key, refPrefix + plainName(child.slice(refPrefix.length), schemas)];
    }),
  );
}
