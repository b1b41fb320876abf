/** Inputs that many procedures take. */
import { type IdKind, parseId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";

/** A public id of this kind, read as its number. */
export function idInput(kind: IdKind) {
  return z.string().transform((text, context) => {
    const id = parseId(kind, text);
    if (id !== undefined) return id;
    context.addIssue({ code: "custom", message: `"${text.slice(0, 40)}" is not the id of a ${kind}` });
    return z.NEVER;
  });
}

/** Why somebody does what others will read about. */
export const reasonInput = z.string().trim().min(5).max(500);
