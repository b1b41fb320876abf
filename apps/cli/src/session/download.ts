/** A file of the engine's, streamed to the disk: it appears under its name only when it is whole. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stop } from "../kernel/stop.ts";
import { problemOf } from "./reach.ts";

export interface Downloaded {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

export async function download(
  url: string,
  token: string,
  path: string,
  signal: AbortSignal,
  at: (bytes: number) => void,
): Promise<Downloaded> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: "error", signal });
  if (!response.ok || response.body === null) {
    const body: unknown = await response.json().catch(() => undefined);
    throw problemOf({ status: response.status, headers: response.headers, body }) ?? new Error("an answer has a body");
  }
  const hash = createHash("sha256");
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      at(bytes);
      done(null, chunk);
    },
  });
  const part = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(part, { mode: 0o600 }), { signal });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (signal.aborted) stop("INTERRUPTED");
    throw error;
  }
  return { bytes, sha256: hash.digest("hex") };
}
