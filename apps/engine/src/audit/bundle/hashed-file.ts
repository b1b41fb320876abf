/** A file that is hashed while it is written, a piece at a time, so that its size does not matter. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { BundleFile } from "@pitboss/domain/audit/audit-bundle";

export interface HashedFile {
  write(text: string): Promise<void>;
  /** Waits for the disk. */
  close(): Promise<BundleFile>;
}

export async function openHashedFile(folder: string, name: string): Promise<HashedFile> {
  const file = await open(join(folder, name), "wx", 0o600);
  const hash = createHash("sha256");
  let size = 0;
  return {
    async write(text) {
      const bytes = Buffer.from(text, "utf8");
      hash.update(bytes);
      size += bytes.length;
      await file.writeFile(bytes);
    },
    async close() {
      await file.sync();
      await file.close();
      return { name, size, sha256: hash.digest("hex") };
    },
  };
}

export async function writeHashedFile(folder: string, name: string, text: string): Promise<BundleFile> {
  const file = await openHashedFile(folder, name);
  await file.write(text);
  return file.close();
}
