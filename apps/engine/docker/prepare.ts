/**
 * Runs once before the engine of docker-compose.yml: brings the schema up to date, makes the first master key and the
 * bucket for objects. What is there already stays as it is.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BucketAlreadyOwnedByYou, CreateBucketCommand, HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { migrate } from "@pitboss/db/kernel/migrate";
import { type Config, readConfig } from "../src/config.ts";
import { makeMasterKeyFile } from "../src/identity/keys/local-key-service.ts";

const config = readConfig();
await migrate(config.DATABASE_URL);
process.stdout.write("The schema is up to date.\n");
const masterKeys = config.MASTER_KEYS_FILE ?? join(config.PITBOSS_DATA_DIR, "keys", "master-keys.json");
if (!existsSync(masterKeys)) {
  process.stdout.write(
    `The first master key, ${await makeMasterKeyFile(masterKeys)}, is in ${masterKeys}: back it up.\n`,
  );
}
if (config.S3_BUCKET !== undefined) {
  await ensureBucket(config, config.S3_BUCKET);
  process.stdout.write(`The bucket ${config.S3_BUCKET} is there.\n`);
}

async function ensureBucket(settings: Config, bucket: string): Promise<void> {
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  const client = new S3Client({
    region: settings.S3_REGION,
    forcePathStyle: true,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
  });
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch {
    // The lock can only be asked for while a bucket is made; evidence is kept under it.
    const create = new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true });
    await client.send(create).catch((error: unknown) => {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    });
  } finally {
    client.destroy();
  }
}
