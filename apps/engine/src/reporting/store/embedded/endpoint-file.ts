/** Where the embedded store listens: written by its process, read by whoever asks it. Both run for the same user. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const endpoint = z.object({ url: z.url() });

export function storeFolder(dataDir: string): string {
  return join(dataDir, "reports");
}

export async function writeEndpoint(dataDir: string, url: string): Promise<void> {
  const folder = storeFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomUUID()}`);
  await writeFile(draft, JSON.stringify({ url }), { mode: 0o600 });
  await rename(draft, join(folder, "endpoint.json"));
}

/** Undefined where no process has begun to listen yet. */
export async function readEndpoint(dataDir: string): Promise<string | undefined> {
  const text = await readFile(join(storeFolder(dataDir), "endpoint.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : endpoint.parse(JSON.parse(text)).url;
}
