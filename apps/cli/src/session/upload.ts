/** A file on its way to the engine, streamed from the disk. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { stop } from "../kernel/stop.ts";
import { problemOf } from "./reach.ts";

export async function upload(url: string, token: string, path: string, signal: AbortSignal): Promise<unknown> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) stop("USAGE", { detail: `There is no file ${path}.` });
  const response = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/octet-stream",
      "content-length": String(found.size),
    },
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    duplex: "half",
    redirect: "error",
    signal,
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  throw problemOf({ status: response.status, headers: response.headers, body }) ?? new Error("an answer has a body");
}
