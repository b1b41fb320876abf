import { randomUUID } from "node:crypto";
import { countUnsealed } from "@pitboss/db/audit/chain-audit";
import { writeAudit } from "@pitboss/db/audit/write-audit";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Office, startOffice } from "../testing/start-office.ts";
import { auditEntryOf, jobActing } from "./acting.ts";

let office: Office;
beforeAll(async () => {
  office = await startOffice({ POOL_SIZE: "2" });
});
afterAll(() => office.close());

test("the audit log is sealed while requests have taken every connection that they can get", async () => {
  const { playerId } = await office.casino.openPlayer();
  const { api } = await office.signIn(office.people.support);
  const locked = Promise.withResolvers<undefined>();
  const release = Promise.withResolvers<undefined>();
  const holding = office.casino.db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL ROLE NONE`);
    await tx.execute(sql`LOCK TABLE player_notes IN ACCESS EXCLUSIVE MODE`);
    locked.resolve(undefined);
    await release.promise;
  });
  await locked.promise;
  // Each of these waits for the table until its lock times out, and is followed by the next.
  let over = false;
  const writers = Array.from({ length: 8 }, async () => {
    while (!over) await api.player.writeNote.mutate({ playerId, body: "A note" }).catch(() => undefined);
  });
  const lately = jobActing(`test-${randomUUID()}`);
  await writeAudit(office.casino.db, [
    auditEntryOf(lately, { action: "test.note", subject: { kind: "test", id: "1" } }),
  ]);
  await expect.poll(() => countUnsealed(office.casino.db), { timeout: 15_000 }).toBe(0n);
  over = true;
  release.resolve(undefined);
  await Promise.all([holding, ...writers]);
});
