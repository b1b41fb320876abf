/** The registers that the house is connected to, from a file that holds their addresses and secrets. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { ExclusionRegister } from "./exclusion-register.ts";
import { createGamstopRegister } from "./gamstop-register.ts";
import { createOasisRegister } from "./oasis-register.ts";

const base = { code: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/), name: z.string().min(1).max(80), url: z.url() };
export const registersFile = z.strictObject({
  registers: z
    .array(
      z.discriminatedUnion("adapter", [
        z.strictObject({ ...base, adapter: z.literal("gamstop"), apiKey: z.string().min(16) }),
        z.strictObject({
          ...base,
          adapter: z.literal("oasis"),
          user: z.string().min(1),
          password: z.string().min(16),
        }),
      ]),
    )
    .max(20),
});
export type RegisterSettings = z.infer<typeof registersFile>["registers"][number];
export type GamstopSettings = Extract<RegisterSettings, { adapter: "gamstop" }>;
export type OasisSettings = Extract<RegisterSettings, { adapter: "oasis" }>;

export async function readRegisters(
  path: string,
  production: boolean,
): Promise<ReadonlyMap<string, ExclusionRegister>> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return new Map();
  const { registers } = registersFile.parse(JSON.parse(text));
  for (const { code, url } of registers) {
    if (production && !url.startsWith("https:")) throw new Error(`In production ${code} is reached over https.`);
  }
  return new Map(
    registers.map((settings) => [
      settings.code,
      settings.adapter === "gamstop" ? createGamstopRegister(settings) : createOasisRegister(settings),
    ]),
  );
}
