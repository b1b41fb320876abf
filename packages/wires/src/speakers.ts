/** Who speaks for the providers of each dialect. */
import type { Speaker, WireDialect } from "./speak.ts";
import { wireDialects } from "./speak.ts";
import { evolution } from "./speakers/evolution.ts";
import { hub88 } from "./speakers/hub88.ts";
import { signedJson } from "./speakers/signed-json.ts";
import { softswiss } from "./speakers/softswiss.ts";

export const speakers: Readonly<Record<WireDialect, Speaker>> = {
  hub88,
  softswiss,
  evolution,
  "signed-json": signedJson,
};

export function isWireDialect(text: string): text is WireDialect {
  return (wireDialects as readonly string[]).includes(text);
}
