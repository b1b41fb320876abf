/** A body against a dialect's form. Fields that the form does not name are let be: providers add some at any time. */
import { err, ok, type Failure, type Result } from "@pitboss/domain/kernel/result";
import type { z } from "zod";

export function readBody<S extends z.ZodType>(
  schema: S,
  body: unknown,
): Result<z.infer<S>, Failure<"REQUEST_INVALID">> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  return err("REQUEST_INVALID", path === "" ? issue?.message : `${path}: ${issue?.message ?? "is not valid"}`, {
    missing: isMissing(body, issue?.path ?? []),
  });
}

function isMissing(body: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = body;
  for (const key of path) {
    if (at === null || typeof at !== "object") return true;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at === undefined;
}

/** A field of the body, where it is text: what is echoed in a refusal must not depend on the rest being right. */
export function textField(body: unknown, name: string): string | undefined {
  if (body === null || typeof body !== "object") return undefined;
  const value = (body as Record<string, unknown>)[name];
  return typeof value === "string" ? value.slice(0, 256) : undefined;
}
