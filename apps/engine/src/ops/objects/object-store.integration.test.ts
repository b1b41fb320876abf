import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFileObjects } from "./file-objects.ts";
import type { ObjectStore } from "./object-store.ts";
import { createS3Objects } from "./s3-objects.ts";

interface Adapter {
  readonly store: ObjectStore;
  readonly close: () => Promise<void>;
}

async function openFiles(): Promise<Adapter> {
  const folder = await mkdtemp(join(tmpdir(), "pitboss-objects-"));
  return { store: createFileObjects(join(folder, "objects")), close: () => rm(folder, { recursive: true }) };
}

/** A real S3 server on a free port. */
async function openS3(): Promise<Adapter> {
  const folder = await mkdtemp(join(tmpdir(), "pitboss-s3-"));
  const server = new S3rver({
    port: 0,
    address: "127.0.0.1",
    silent: true,
    directory: folder,
    configureBuckets: [{ name: "pitboss", configs: [] }],
  });
  const { port } = await server.run();
  const store = createS3Objects({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    bucket: "pitboss",
    accessKeyId: "S3RVER",
    secretAccessKey: "S3RVER",
  });
  return {
    store,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

describe.each([
  ["files", openFiles],
  ["S3", openS3],
])("objects in %s", (_name, open) => {
  let adapter: Adapter;
  beforeAll(async () => {
    adapter = await open();
  });
  afterAll(() => adapter.close());

  test("an object comes back byte for byte, and a second one of the name takes its place", async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    await adapter.store.put("a/b/first.bin", bytes, "application/octet-stream");
    expect(Buffer.compare((await adapter.store.get("a/b/first.bin")) ?? Buffer.alloc(0), bytes)).toBe(0);
    await adapter.store.put("a/b/first.bin", Buffer.from("short"), "text/plain");
    expect(Buffer.from((await adapter.store.get("a/b/first.bin")) ?? []).toString()).toBe("short");
  });

  test("what is not there is undefined", async () => {
    expect(await adapter.store.get("nothing/here")).toBeUndefined();
  });

  test("names are listed in order below their prefix", async () => {
    for (const name of ["list/2", "list/10", "list/1", "other/1"]) {
      await adapter.store.put(name, Buffer.from(name), "text/plain");
    }
    expect(await adapter.store.list("list/")).toEqual(["list/1", "list/10", "list/2"]);
  });
});
