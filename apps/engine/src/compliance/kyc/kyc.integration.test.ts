/** Verification from the player's upload to the level, and back. */
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { insertListVersion } from "@pitboss/db/compliance/screening-list-store";
import { readStanding } from "@pitboss/db/compliance/standing-store";
import { caseChecklists } from "@pitboss/domain/compliance/kyc/case-policy";
import { diffEntries } from "@pitboss/domain/compliance/screening/diff-entries";
import { eventSchemas } from "@pitboss/domain/ops/events";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { numberOf, type TestPlayer } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { runRenewals } from "./run-renewals.ts";
import { parseHouseList } from "../screening/lists/parse-house.ts";

let office: Office;
let compliance: SignedIn;
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(2_000)]);
const patience = { timeout: 20_000, interval: 100 };
const reason = "the document fits the account";
const checked = [...caseChecklists[1]];

beforeAll(async () => {
  office = await startOffice();
  compliance = await office.signIn(office.people.compliance);
  const bytes = Buffer.from("ref,name,surname\n1,Viktor Ostrogin,Ostrogin\n");
  const parsed = parseHouseList("HOUSE", [{ name: "house.csv", bytes }]);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const list = { source: "HOUSE", checksum: "a".repeat(64), files: [], publishedOn: null } as const;
  const counts = { entries: 1, persons: 1, by: "test", reason: "to screen by" };
  await insertListVersion(office.casino.db, { ...list, ...counts }, diffEntries(new Map(), parsed.value.entries));
});
afterAll(() => office.close());

async function player(firstName: string, lastName: string): Promise<TestPlayer> {
  const made = await office.casino.openPlayer();
  const id = numberOf(made.playerId);
  const data = {
    firstName,
    lastName,
    birthDate: "1990-02-03",
    address: "1 Mill Lane",
    email: `${made.playerId}@x.test`,
  };
  await office.casino.db.transaction((tx) => office.deps.players.store(tx, id, data));
  return made;
}

function upload(token: string, kind: string, content: Buffer = png) {
  const body = { kind, file: content.toString("base64") };
  return office.casino.call("POST", "/v1/kyc/documents", { token, body });
}

async function statusOf(token: string) {
  return (await office.casino.call("GET", "/v1/kyc", { token })).body;
}

async function caseOf(playerId: string): Promise<string> {
  const { rows } = await compliance.api.kyc.list.query({ playerId });
  return rows[0]?.caseId ?? "";
}

/** Subject and text of each mail to an address. */
function mailsTo(address: string): string[] {
  const folder = join(office.casino.dataDir, "mail");
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.filter((text) => text.includes(address));
}

/** The events that went to cold storage, which is where every event goes. */
async function archived(): Promise<Record<string, unknown>[]> {
  const names = await office.deps.objects.list("events/");
  const found = await Promise.all(names.map((name) => office.deps.objects.get(name)));
  return found.flatMap((bytes) =>
    gunzipSync(bytes ?? new Uint8Array())
      .toString()
      .split("\n")
      .flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Record<string, unknown>])),
  );
}

test("from the upload to the level: what is missing, the queue, the document, the approval, the next level", async () => {
  const { playerId, token } = await player("Ada", "Borg");
  expect(await statusOf(token)).toMatchObject({
    level: 0,
    nextLevel: 1,
    case: null,
    missing: { fields: [], documents: [["PROOF_OF_ADDRESS"]] },
  });
  expect((await upload(token, "PROOF_OF_ADDRESS")).status).toBe(200);
  expect(await statusOf(token)).toMatchObject({ case: { status: "PENDING" }, missing: { documents: [] } });
  expect((await upload(token, "PROOF_OF_ADDRESS")).body["code"]).toBe("CASE_STATE");

  const { caseId } = await compliance.api.kyc.claimNext.mutate();
  expect(caseId).toBe(await caseOf(playerId));
  const shown = await compliance.api.kyc.show.query({ caseId });
  expect(shown).toMatchObject({ state: "PENDING", level: 1, claimed: { mine: true }, late: false });
  const documentId = shown.documents[0]?.documentId ?? "";
  const document = await compliance.api.kyc.document.mutate({ documentId, reason: "to verify the address" });
  expect(Buffer.from(document.content, "base64").equals(png)).toBe(true);
  expect(document.fields).toContainEqual({ field: "lastName", value: "Borg" });

  const decided = await compliance.api.kyc.decide.mutate({ caseId, decision: "approve", checked, reason });
  expect(decided).toMatchObject({ state: "APPROVED", level: 1 });
  expect(await readStanding(office.casino.db, numberOf(playerId))).toMatchObject({ kycLevel: 1, screening: "CLEAR" });
  expect(await statusOf(token)).toMatchObject({ level: 1, nextLevel: 2, case: null });
  const told = await vi.waitFor(async () => {
    const events = await archived();
    const found = events.find(({ event, playerId: of }) => event === "kyc.verified" && of === playerId);
    expect(found).toBeDefined();
    return found;
  }, patience);
  expect(eventSchemas["kyc.verified"].parse(told)).toMatchObject({ caseId, subject: caseId, level: 1 });
  const { rows } = await compliance.api.audit.list.query({ subjectId: playerId });
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["kyc.upload", "kyc.document", "kyc.approve"]),
  );

  const revocation = { caseId, decision: "revoke", reasonCode: "FORGED", reason } as const;
  expect((await failureOf(compliance.api.kyc.decide.mutate(revocation))).code).toBe("SECOND_PERSON_NEEDED");
  const { approvalId, contentHash } = await compliance.api.kyc.propose.mutate(revocation);
  const own = await failureOf(compliance.api.approval.approve.mutate({ approvalId, contentHash, reason }));
  expect(own.code).toBe("APPROVAL_OWN");
  const admin = await office.signIn(office.people.admin);
  await admin.api.approval.approve.mutate({ approvalId, contentHash, reason });
  expect(await compliance.api.kyc.show.query({ caseId })).toMatchObject({ state: "REJECTED_FINAL", kycLevel: 0 });
});

test("a level that runs out is told of a month before, asked for anew at its time, and what stood above counts again", async () => {
  const { playerId, token } = await player("Elin", "Dahl");
  const id = numberOf(playerId);
  await upload(token, "PROOF_OF_ADDRESS");
  const first = await caseOf(playerId);
  const open = await failureOf(compliance.api.kyc.decide.mutate({ caseId: first, decision: "approve", reason }));
  expect(open).toMatchObject({ code: "CHECKLIST_OPEN", data: { open: checked } });
  await compliance.api.kyc.decide.mutate({ caseId: first, decision: "approve", checked, reason });
  await upload(token, "PASSPORT");
  const second = {
    caseId: await caseOf(playerId),
    decision: "approve" as const,
    checked: [...caseChecklists[2]],
    reason,
  };
  await compliance.api.kyc.decide.mutate(second);
  const { renewAt } = await compliance.api.kyc.show.query({ caseId: first });
  const at = Date.parse(renewAt ?? "");
  const runAt = (now: number) => runRenewals({ ...office.deps, clock: { now: () => now } });

  await runAt(at - 31 * 86_400_000);
  expect(mailsTo(`${playerId}@x.test`).filter((text) => text.includes("runs out soon"))).toEqual([]);
  await runAt(at - 29 * 86_400_000);
  await runAt(at - 28 * 86_400_000);
  expect(mailsTo(`${playerId}@x.test`).filter((text) => text.includes("runs out soon"))).toHaveLength(2);
  expect(await readStanding(office.casino.db, id)).toMatchObject({ kycLevel: 2 });

  await office.casino.db.execute(sql`UPDATE kyc_cases SET renew_at = ${new Date(at + 86_400_000).toISOString()}::timestamptz
                                      WHERE player_id = ${id} AND level = 2`);
  await runAt(at);
  expect(await readStanding(office.casino.db, id)).toMatchObject({ kycLevel: 0 });
  expect(await statusOf(token)).toMatchObject({
    case: { status: "REJECTED_RETRY" },
    missing: { documents: [["PROOF_OF_ADDRESS"]] },
  });
  expect(mailsTo(`${playerId}@x.test`).some((text) => text.includes("Please verify again"))).toBe(true);

  // The job's clock was three years ahead: what comes now is to count as later.
  await office.casino.db.execute(
    sql`UPDATE kyc_cases SET decided_at = now() - interval '1 minute' WHERE player_id = ${id}`,
  );
  await upload(token, "PROOF_OF_ADDRESS");
  const again = await compliance.api.kyc.decide.mutate({ caseId: first, decision: "approve", checked, reason });
  expect(again.level).toBe(2);
});

test("whoever is asked again is told why, and only what comes since counts", async () => {
  const { playerId, token } = await player("Bruno", "Novak");
  await upload(token, "PROOF_OF_ADDRESS");
  const caseId = await caseOf(playerId);
  const untold = await failureOf(compliance.api.kyc.decide.mutate({ caseId, decision: "askAgain", reason }));
  expect(untold.code).toBe("REQUEST_INVALID");
  await compliance.api.kyc.decide.mutate({ caseId, decision: "askAgain", reasonCode: "UNREADABLE", reason });
  expect(await statusOf(token)).toMatchObject({
    case: { status: "REJECTED_RETRY", reason: expect.stringContaining("can’t be read") as string },
    missing: { documents: [["PROOF_OF_ADDRESS"]] },
  });
  await upload(token, "PROOF_OF_ADDRESS");
  expect(await statusOf(token)).toMatchObject({ case: { status: "PENDING", reason: null } });
});

test("nobody is approved whom a list may mean, and the hit stays to be decided", async () => {
  const { playerId, token } = await player("Viktor", "Ostrogin");
  await upload(token, "PROOF_OF_ADDRESS");
  const caseId = await caseOf(playerId);
  const refused = await failureOf(compliance.api.kyc.decide.mutate({ caseId, decision: "approve", checked, reason }));
  expect(refused.code).toBe("SCREENING_STANDS");
  expect(await readStanding(office.casino.db, numberOf(playerId))).toMatchObject({ kycLevel: 0, screening: "HIT" });
  expect((await compliance.api.screening.hits.query({ playerId })).rows).toHaveLength(1);
});

test("a case is due after the hours of the player's jurisdiction, which two people change", async () => {
  const hoursOf = async (token: string, playerId: string): Promise<number> => {
    const before = Date.now();
    expect((await upload(token, "PROOF_OF_ADDRESS")).status).toBe(200);
    const { dueAt } = await compliance.api.kyc.show.query({ caseId: await caseOf(playerId) });
    return Math.round((Date.parse(dueAt ?? "") - before) / 3_600_000);
  };
  const first = await player("Dora", "Weiss");
  expect(await hoursOf(first.token, first.playerId)).toBe(24);
  const pack = (await compliance.api.jurisdiction.list.query()).filter(({ code }) => code === "MT").at(-1);
  if (pack === undefined) throw new Error("there is a pack MT");
  const rules = { ...pack.rules, kyc: { ...pack.rules.kyc, caseHours: 4 } };
  const change = { code: "MT", countries: [...pack.countries], rules, effectiveFrom: null, reason: "sooner" };
  const { approvalId, contentHash } = await compliance.api.jurisdiction.propose.mutate(change);
  const admin = await office.signIn(office.people.admin);
  await admin.api.approval.approve.mutate({ approvalId, contentHash, reason: null });
  const second = await player("Edit", "Nagy");
  expect(await hoursOf(second.token, second.playerId)).toBe(4);
});

test("a file is what its content says, and lies encrypted", async () => {
  const { token } = await player("Chiara", "Rossi");
  const script = await upload(token, "PASSPORT", Buffer.from("<svg xmlns='x' onload='alert(1)'/>"));
  expect(script.body["code"]).toBe("DOCUMENT_UNREADABLE");
  await upload(token, "PROOF_OF_ADDRESS");
  const folder = join(office.casino.dataDir, "objects", "kyc");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    expect(readFileSync(join(file.parentPath, file.name)).includes(png.subarray(8, 40))).toBe(false);
  }
});

test("support sees cases, and neither documents nor decisions", async () => {
  const { api } = await office.signIn(office.people.support);
  const { rows } = await api.kyc.list.query({});
  const caseId = rows[0]?.caseId ?? "";
  const { documents } = await api.kyc.show.query({ caseId });
  const look = api.kyc.document.mutate({ documentId: documents[0]?.documentId ?? "doc_1", reason: "out of interest" });
  expect((await failureOf(look)).code).toBe("NOT_ALLOWED");
  expect((await failureOf(api.kyc.decide.mutate({ caseId, decision: "approve", checked, reason }))).code).toBe(
    "NOT_ALLOWED",
  );
});
