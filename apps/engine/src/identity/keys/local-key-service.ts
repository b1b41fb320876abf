/**
 * Master keys in a file of this machine, readable by its owner alone. The default for one machine and for trying things
 * out; a fleet has a KMS behind the same port.
 */
import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { WrappedKey } from "@pitboss/db/identity/key-store";
import { z } from "zod";
import type { KeyService } from "./key-service.ts";
import { fieldKeyBytes, openField, sealField } from "./field-cipher.ts";

const keyFile = z.strictObject({
  current: z.string(),
  /** Base64 of 32 bytes by id. Ids of keys that were made for a demo begin with `demo-`. */
  keys: z.record(z.string(), z.base64()),
});
type KeyFile = z.infer<typeof keyFile>;

export interface LocalKeyServiceOptions {
  readonly path: string;
  /** In production the file must be there, and hold no key that was made for a demo. */
  readonly production: boolean;
}

export async function openLocalKeyService({ path, production }: LocalKeyServiceOptions): Promise<KeyService> {
  if (!production) await createOnce(path, newFile("demo-"));
  const first = await readKeyFile(path);
  if (production && Object.keys(first.keys).some((id) => id.startsWith("demo-"))) {
    throw new Error(`${path} holds master keys that were made for a demo; production needs its own.`);
  }
  return {
    currentKeyId: async () => (await readKeyFile(path)).current,
    async wrap(key, context) {
      const file = await readKeyFile(path);
      return { wrapped: sealField(keyOf(file, file.current), context, key), masterKeyId: file.current };
    },
    // The file is read each time: another process may have rotated it, and nothing here is hot.
    unwrap: async ({ wrapped, masterKeyId }: WrappedKey, context) =>
      openField(keyOf(await readKeyFile(path), masterKeyId), context, wrapped),
    async rotate() {
      const file = await readKeyFile(path);
      const fresh = newFile(production ? "mk-" : "demo-");
      await replaceFile(path, { current: fresh.current, keys: { ...file.keys, ...fresh.keys } });
      return fresh.current;
    },
    async destroy(keyId) {
      const file = await readKeyFile(path);
      if (keyId === file.current) throw new Error("the current master key can't be destroyed");
      const { [keyId]: _gone, ...keys } = file.keys;
      await replaceFile(path, { current: file.current, keys });
    },
    listKeyIds: async () => Object.keys((await readKeyFile(path)).keys),
  };
}

/** Makes the first master key of a production set-up; refuses to touch a file that is there. */
export async function makeMasterKeyFile(path: string): Promise<string> {
  const file = newFile("mk-");
  if (!(await createOnce(path, file))) throw new Error(`${path} is there already`);
  return file.current;
}

function newFile(prefix: string): KeyFile {
  const current = `${prefix}${randomBytes(6).toString("hex")}`;
  return { current, keys: { [current]: randomBytes(fieldKeyBytes).toString("base64") } };
}

async function readKeyFile(path: string): Promise<KeyFile> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new Error(`The master keys can't be read from ${path}.`, { cause: error });
  });
  return keyFile.parse(JSON.parse(text));
}

function keyOf(file: KeyFile, id: string): { id: string; key: Buffer } {
  const text = file.keys[id];
  if (text === undefined) throw new Error(`there is no master key ${id}`);
  const key = Buffer.from(text, "base64");
  if (key.length !== fieldKeyBytes) throw new Error(`the master key ${id} does not have ${fieldKeyBytes} bytes`);
  return { id, key };
}

/** Of two processes that start at once one makes the file, whole; true for that one. */
async function createOnce(path: string, file: KeyFile): Promise<boolean> {
  const draft = await writeDraft(path, file);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function replaceFile(path: string, file: KeyFile): Promise<void> {
  await rename(await writeDraft(path, file), path);
}

async function writeDraft(path: string, file: KeyFile): Promise<string> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return draft;
}
