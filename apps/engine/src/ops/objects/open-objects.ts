import { join } from "node:path";
import type { Config } from "../../config.ts";
import { createFileObjects } from "./file-objects.ts";
import type { ObjectStore } from "./object-store.ts";
import { createS3Objects } from "./s3-objects.ts";

/** S3 where a bucket is named, files under the data directory otherwise. */
export function openObjects(config: Config): ObjectStore {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (bucket === undefined) return createFileObjects(join(config.PITBOSS_DATA_DIR, "objects"));
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error("S3_BUCKET is set, so S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are needed as well.");
  }
  return createS3Objects({
    endpoint: config.S3_ENDPOINT,
    region: config.S3_REGION,
    bucket,
    accessKeyId,
    secretAccessKey,
  });
}
