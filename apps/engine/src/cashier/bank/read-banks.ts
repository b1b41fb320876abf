/** The house's banks, from a file that names them. A house without the file offers no bank transfers. */
import { readFile } from "node:fs/promises";
import type { Bank } from "./bank.ts";
import { bankFile } from "./bank-settings.ts";
import { createIsoBank } from "./iso/iso-bank.ts";

export async function readBanks(path: string, production: boolean): Promise<ReadonlyMap<string, Bank>> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  const { banks } = bankFile.parse(text === undefined ? { banks: [] } : JSON.parse(text));
  for (const { code, url } of banks) {
    if (production && !url.startsWith("https:")) throw new Error(`In production ${code} is reached over https.`);
  }
  return new Map(banks.map((settings) => [settings.code, createIsoBank(settings)]));
}
