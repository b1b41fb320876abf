/** The dialects that this engine speaks: one line each, and a folder beside this file. */
import type { Dialect } from "./kit/dialect.ts";
import { evolution } from "./evolution/evolution.ts";
import { hub88 } from "./hub88/hub88.ts";
import { signedJson } from "./signed-json/signed-json.ts";
import { softswiss } from "./softswiss/softswiss.ts";

export const dialects: readonly Dialect[] = [hub88, softswiss, evolution, signedJson];
