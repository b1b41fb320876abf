/** Pieces of ISO 20022 messages as `readXml` gives them. */
import { z } from "zod";

export const text = z.union([z.string(), z.number()]).transform(String);

/** An element that may come more than once. */
export const listOf = <T extends z.ZodType>(one: T) =>
  z.union([z.array(one), one.transform((value) => [value])]).transform((all) => all as z.infer<T>[]);

export const money = z.object({ "@Ccy": z.string(), "#": text });
