/** Screening from a list's file to the player's standing, as people of compliance do it. */
import { destroyPlayerKey, findPlayerKey } from "@pitboss/db/identity/key-store";
import { readStanding } from "@pitboss/db/compliance/standing-store";
import { ok } from "@pitboss/domain/kernel/result";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { jobActing } from "../../audit/acting.ts";
import type { PersonalData } from "../../identity/keys/player-vault.ts";
import { numberOf } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { screenPlayer } from "./screen-player.ts";

let office: Office;
let compliance: SignedIn;
let admin: SignedIn;
const patience = { timeout: 20_000, interval: 50 };
const header = "ref,name,surname,aliases,births,countries,gender\n";
const ostrogin = "h1,Виктор Острогин,Острогин,Viktor Ostrogin,1958-11-09,RU,M\n";
const others = Array.from({ length: 8 }, (_, index) => `x${index},Zzyzx Qwerty${index},Qwerty${index},,,,\n`).join("");

beforeAll(async () => {
  office = await startOffice();
  compliance = await office.signIn(office.people.compliance);
  admin = await office.signIn(office.people.admin);
});
afterAll(() => office.close());

async function player(data: PersonalData): Promise<string> {
  const { playerId } = await office.casino.openPlayer();
  const email = `${playerId}@players.test`;
  await office.casino.db.transaction((tx) => office.deps.players.store(tx, numberOf(playerId), { email, ...data }));
  return playerId;
}

async function upload(text: string, who = compliance): Promise<Response> {
  return fetch(`${office.casino.url()}/staff/screening/files`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", authorization: `Bearer ${who.token}` },
    body: text,
  });
}

async function importHouse(text: string, allowShrink = false) {
  const { sha256 } = (await (await upload(text)).json()) as { sha256: string };
  const params = { files: [{ name: "house.csv", sha256 }], allowShrink };
  const plan = await compliance.api.plan.screeningImport.show.query({ targets: ["HOUSE"], params });
  const items = plan.items.map(({ id, hash }) => ({ id, hash }));
  if (items.length === 0) return { plan, applied: undefined };
  const reason = "the list of this week";
  const applied = await compliance.api.plan.screeningImport.carryOut.mutate({ plan: plan.hash, items, params, reason });
  await vi.waitFor(async () => {
    const { run } = await compliance.api.screening.status.query();
    expect(run?.state).toBe("DONE");
  }, patience);
  return { plan, applied };
}

async function hitOf(playerId: string) {
  const { rows } = await compliance.api.screening.hits.query({ playerId });
  return rows[0];
}

test("from a list's file to a dismissed, a reopened and a confirmed hit", async () => {
  const viktor = await player({ firstName: "Viktor", lastName: "Ostrogin", birthDate: "1958-11-09" });
  const ada = await player({ firstName: "Ada", lastName: "Borg", birthDate: "1990-01-01" });
  const early = await screenPlayer(office.deps, jobActing("test"), numberOf(viktor), "VERIFICATION");
  expect(early).toMatchObject({ ok: false, error: { code: "SCREENING_NOT_READY" } });

  const first = await importHouse(header + ostrogin + others);
  expect(first.plan.items[0]?.what).toContain("9 entries: 9 new, 0 changed, 0 gone");
  expect(await readStanding(office.casino.db, numberOf(ada))).toMatchObject({ screening: "CLEAR" });
  expect(await readStanding(office.casino.db, numberOf(viktor))).toMatchObject({ screening: "HIT" });

  const hit = await hitOf(viktor);
  const hitId = hit?.hitId ?? "";
  expect(hit).toMatchObject({ source: "HOUSE", ref: "h1", state: "OPEN", score: 950 });
  const shown = await compliance.api.screening.hit.query({ hitId });
  expect(shown.details?.player).toMatchObject({ name: "V••• O•••", birthDate: "1958-••-••" });
  expect(shown.details?.penalties.find(({ points }) => points > 0)).toMatchObject({ name: "country", listed: "RU" });
  const clear = await compliance.api.screening.reveal.mutate({ hitId, reason: "to compare the two" });
  expect(clear.player.name).toBe("Viktor Ostrogin");

  await compliance.api.screening.dismiss.mutate({ hitId, reason: "another birth place", days: 30 });
  expect(await readStanding(office.casino.db, numberOf(viktor))).toMatchObject({ screening: "CLEAR" });
  const again = await screenPlayer(office.deps, jobActing("test"), numberOf(viktor), "FIRST_PAYOUT");
  expect(again).toEqual(ok(expect.objectContaining({ state: "CLEAR", reopened: 0 })));

  const second = await importHouse(header + ostrogin.replace(",RU,", ",RU|MT,") + others);
  expect(second.plan.items[0]?.what).toContain("0 new, 1 changed, 0 gone");
  const reopened = await compliance.api.screening.hit.query({ hitId });
  expect(reopened).toMatchObject({ state: "OPEN", score: 1_000, decision: null });
  expect(reopened.steps.map(({ event, reason }) => [event, reason])).toEqual([
    ["open", null],
    ["dismiss", "another birth place"],
    ["reopen", "ENTRY_CHANGED"],
  ]);

  const proposal = await compliance.api.screening.proposeDecision.mutate({
    hitId,
    decision: "CONFIRM",
    reason: "the passport's number is the same",
  });
  const decision = { approvalId: proposal.approvalId, contentHash: proposal.contentHash };
  const own = await failureOf(compliance.api.approval.approve.mutate(decision));
  expect(own.code).toBe("APPROVAL_OWN");
  await admin.api.approval.approve.mutate(decision);
  expect(await readStanding(office.casino.db, numberOf(viktor))).toMatchObject({ screening: "BLOCKED" });
  // A list that no longer has the entry does not lift what two people confirmed.
  await importHouse(header + others);
  expect(await readStanding(office.casino.db, numberOf(viktor))).toMatchObject({ screening: "BLOCKED" });
});

test("a replay shows only what another rule or list would change, and writes nothing", async () => {
  await importHouse(header + others + "h2,Nikolas Mavrellis,Mavrellis,,1980,GR,\n");
  const niko = await player({ firstName: "Nikolaos", lastName: "Mavrellis", birthDate: "1980-05-05" });
  const screened = await compliance.api.screening.screen.mutate({ playerId: niko });
  expect(screened).toMatchObject({ state: "HIT", opened: 1 });
  const hit = await hitOf(niko);
  const { rule } = await compliance.api.screening.status.query();
  const { version: _version, ...body } = rule;
  const same = await compliance.api.screening.replay.query({});
  expect(same.changes.filter(({ playerId }) => playerId === niko)).toEqual([]);
  const strict = await compliance.api.screening.replay.query({ rule: { ...body, threshold: 990 } });
  expect(strict.changes).toContainEqual(
    expect.objectContaining({ playerId: niko, hitId: hit?.hitId, change: "vanish", scoreBefore: hit?.score }),
  );
  const { sha256 } = (await (await upload(header + "h3,Ada Borg,Borg,,1990-01-01,MT,\n")).json()) as { sha256: string };
  const list = { source: "HOUSE" as const, files: [{ name: "house.csv", sha256 }] };
  const drafted = await compliance.api.screening.replay.query({ scope: "EVERYBODY", list });
  expect(drafted.changes.map(({ change, entry }) => [change, entry])).toContainEqual(["open", "HOUSE h3"]);
  expect((await hitOf(niko))?.state).toBe("OPEN");
});

test("another rule takes two people, and screens everybody anew", async () => {
  const { rule } = await compliance.api.screening.status.query();
  const { version, ...body } = rule;
  const reason = "fewer hits that lead nowhere";
  const proposal = await compliance.api.screening.proposeRule.mutate({ ...body, threshold: 990, reason });
  await admin.api.approval.approve.mutate({ approvalId: proposal.approvalId, contentHash: proposal.contentHash });
  const after = await compliance.api.screening.status.query();
  expect(after.rule).toMatchObject({ version: version + 1, threshold: 990 });
  expect(after.run?.trigger).toBe("RULE");
  await vi.waitFor(async () => {
    expect((await compliance.api.screening.status.query()).run?.state).toBe("DONE");
  }, patience);
});

test("half a list, the same list again and what is no list are refused with why", async () => {
  const half = await importHouse(header + "only,One Person,Person,,,,\n");
  expect(half.plan.leftOut[0]).toMatchObject({ code: "LIST_SHRINKS" });
  const whole = header + others + "h2,Nikolas Mavrellis,Mavrellis,,1980,GR,\n";
  expect((await importHouse(whole)).plan.leftOut[0]).toMatchObject({ code: "LIST_UNCHANGED" });
  expect((await importHouse("<html>not found</html>")).plan.leftOut[0]).toMatchObject({ code: "LIST_UNREADABLE" });
  expect((await importHouse(header + "only,One Person,Person,,,,\n", true)).applied?.items[0]).toMatchObject({
    done: true,
  });
});

test("support learns of no hit: not from the pages, the search, the audit log or the player's timeline", async () => {
  const { api, token } = await office.signIn(office.people.support);
  const [hit] = (await compliance.api.screening.hits.query({})).rows;
  const { hitId = "", playerId = "" } = hit ?? {};
  expect(hitId).not.toBe("");
  for (const call of [
    () => api.screening.hits.query({}),
    () => api.screening.hit.query({ hitId }),
    () => api.screening.status.query(),
    () => api.audit.list.query({}),
  ]) {
    expect((await failureOf(call())).code).toBe("NOT_ALLOWED");
  }
  expect(await api.find.any.query({ text: hitId })).toEqual([]);
  expect(await compliance.api.find.any.query({ text: hitId })).toMatchObject([{ kind: "screeningHit", id: hitId }]);
  const timeline = await api.player.timeline.query({ playerId });
  expect(JSON.stringify(timeline)).not.toMatch(/screening|sh_/);
  expect(JSON.stringify(await api.player.show.query({ playerId }))).not.toMatch(/screening|sanction/i);
  expect((await api.approval.list.query({})).rows.filter(({ kind }) => kind.startsWith("screening."))).toEqual([]);
  expect((await upload("x", { ...compliance, token })).status).toBe(403);
});

test("an erased player's hit keeps its score, and tells nothing of the player", async () => {
  const playerId = await player({ firstName: "One", lastName: "Person" });
  await compliance.api.screening.screen.mutate({ playerId });
  const hitId = (await hitOf(playerId))?.hitId ?? "";
  const key = await findPlayerKey(office.casino.db, numberOf(playerId), "PROFILE");
  await destroyPlayerKey(office.casino.db, key?.id ?? 0n, new Date());
  const shown = await compliance.api.screening.hit.query({ hitId });
  expect(shown.details).toBeNull();
  expect(shown.score).toBe(1_000);
});
