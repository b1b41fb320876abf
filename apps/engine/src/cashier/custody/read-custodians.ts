/** The custodians and services of money over chains, from the same file that names the providers of payments. */
import { readFile } from "node:fs/promises";
import { createChainalysis } from "../../compliance/kyt/chainalysis.ts";
import { pspFile, type PspFile } from "../psp/read-psps.ts";
import { createTravelGateway } from "../travel/travel-wire.ts";
import type { ChainDesk } from "./chain-desk.ts";
import { createFireblocks } from "./fireblocks/fireblocks.ts";

export async function readPspFile(path: string): Promise<PspFile> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return pspFile.parse(text === undefined ? { psps: [] } : JSON.parse(text));
}

export async function readChainDesk(path: string, production: boolean): Promise<Omit<ChainDesk, "travel">> {
  const { custodians, kyt, travelRule } = await readPspFile(path);
  for (const { code, url } of [
    ...custodians,
    ...(kyt === undefined ? [] : [kyt]),
    ...(travelRule === undefined ? [] : [travelRule]),
  ]) {
    if (production && !url.startsWith("https:")) throw new Error(`In production ${code} is reached over https.`);
  }
  return {
    custodians: new Map(custodians.map((settings) => [settings.code, createFireblocks(settings)])),
    analyst: kyt === undefined ? undefined : createChainalysis(kyt),
    wire: travelRule === undefined ? undefined : createTravelGateway(travelRule),
  };
}
