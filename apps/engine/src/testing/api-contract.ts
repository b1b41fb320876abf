/** Holds answers of a running engine against its own OpenAPI document. */
import { assert } from "@pitboss/domain/kernel/result";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

export type Json = Record<string, unknown>;

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operation: Json;
}

export interface ApiContract {
  readonly document: Json;
  readonly operations: readonly Operation[];
  /** A validator of the schema that stands at this place of the document, keys from the root. */
  validatorAt(place: readonly string[]): ValidateFunction;
  /** What is wrong with this answer; undefined where it is as documented, or nothing is documented for the address. */
  faultOf(method: string, path: string, status: number, body: unknown): string | undefined;
}

const documentId = "openapi";

export function readApiContract(document: Json): ApiContract {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Its schemas refer to each other from the document's root.
  ajv.addSchema(document, documentId);
  const validators = new Map<string, ValidateFunction>();
  const operations = Object.entries(document["paths"] as Record<string, Record<string, Json>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

  function validatorAt(place: readonly string[]): ValidateFunction {
    const pointer = place.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
    const known = validators.get(pointer);
    if (known !== undefined) return known;
    const validator = ajv.compile({ $ref: `${documentId}#/${pointer}` });
    validators.set(pointer, validator);
    return validator;
  }

  function faultOf(method: string, path: string, status: number, body: unknown): string | undefined {
    const found = operations.find((one) => one.method === method.toLowerCase() && matches(one.path, path));
    if (found === undefined) return undefined;
    const responses = found.operation["responses"] as Record<string, Json>;
    const response = responses[String(status)];
    const name = `${method} ${found.path} ${status}`;
    if (response === undefined) return `${name} is not documented: ${JSON.stringify(body)}`;
    const content = response["content"] as Record<string, Json> | undefined;
    if (content === undefined) return undefined;
    const [type] = Object.keys(content);
    assert(type !== undefined, "a content has a media type");
    const validator = validatorAt([
      "paths",
      found.path,
      found.method,
      "responses",
      String(status),
      "content",
      type,
      "schema",
    ]);
    if (!validator(body)) return `${name} ${JSON.stringify(validator.errors)} in ${JSON.stringify(body)}`;
    if (status < 400) return undefined;
    const code = String((body as Json)["code"]);
    return code in (content[type]?.["examples"] as Json) ? undefined : `${name} is not documented with ${code}`;
  }

  return { document, operations, validatorAt, faultOf };
}

function matches(template: string, path: string): boolean {
  const [plain = ""] = path.split("?");
  const parts = plain.split("/");
  const wanted = template.split("/");
  return parts.length === wanted.length && wanted.every((part, index) => part.startsWith("{") || part === parts[index]);
}
