/** From a player's movements to a filed report, and the wall around all of it. */
import { formatId } from "@pitboss/domain/kernel/public-id";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { appRouter } from "../../edge/trpc/app-router.ts";
import { runNextExport } from "../../reporting/exports/run-exports.ts";
import { numberOf } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

let office: Office;
let ines: SignedIn;
let second: SignedIn;
const patience = { timeout: 30_000, interval: 100 };

beforeAll(async () => {
  office = await startOffice();
  ines = await office.signIn(office.people.compliance);
  second = await office.signIn(office.people.compliance2);
});
afterAll(() => office.close());

async function richPlayer(amount = "2000.00"): Promise<string> {
  const { playerId } = await office.casino.openPlayer({ EUR: amount });
  const data = {
    email: `${playerId}@players.test`,
    firstName: "Quentin",
    lastName: "Marrowbone",
    birthDate: "1980-02-29",
  };
  await office.casino.db.transaction((tx) => office.deps.players.store(tx, numberOf(playerId), data));
  return playerId;
}

async function caseOf(playerId: string) {
  return vi.waitFor(async () => {
    const { rows } = await ines.api.aml.cases.query({ playerId });
    expect(rows).toHaveLength(1);
    return rows[0]!;
  }, patience);
}

test("deposits that add up open a case with the movements as they were", async () => {
  const playerId = await richPlayer();
  const found = await caseOf(playerId);
  expect(found).toMatchObject({ state: "OPEN", severity: "MEDIUM", alerts: 1, late: false });
  const shown = await ines.api.aml.case.query({ caseId: found.caseId });
  expect(shown.found).toMatchObject([
    {
      rule: "accrued-deposits",
      measured: { deposited: "2000.00 EUR", threshold: "2000.00 EUR" },
      evidence: [{ kind: "DEPOSIT", amount: "2000.00", currency: "EUR" }],
    },
  ]);
  const nobodyElse = await richPlayer("1999.99");
  await vi.waitFor(async () => {
    const known = await office.casino.db.execute(
      sql`SELECT FROM money_facts WHERE player_id = ${numberOf(nobodyElse)}`,
    );
    expect(known.rowCount).toBe(1);
  }, patience);
  expect((await ines.api.aml.cases.query({ playerId: nobodyElse })).rows).toEqual([]);
});

test("a report is filed by two people, exactly as the second one saw it", async () => {
  const { caseId } = await caseOf(await richPlayer());
  const early = ines.api.aml.draft.mutate({
    ...{ caseId, authority: "FIAU", narrative: "x".repeat(40) },
    indicators: ["OTHER"],
  });
  expect(await failureOf(early)).toMatchObject({ code: "AML_CASE_STATE" });
  await ines.api.aml.decide.mutate({ caseId, decision: "take", reason: "Mine to look at" });
  const barred = second.api.aml.decide.mutate({ caseId, decision: "clear", reason: "Looks fine" });
  expect(await failureOf(barred)).toMatchObject({ code: "AML_CASE_STATE" });
  await second.api.aml.note.mutate({ caseId, text: "Asked the bank." });
  const draft = { caseId, authority: "FIAU", indicators: ["ACCRUED_DEPOSITS" as const] };
  const { sarId } = await ines.api.aml.draft.mutate({ ...draft, narrative: "Deposits without a known source." });
  const proposal = await ines.api.aml.file.mutate({ sarId, reason: "Nothing explains it" });
  const own = ines.api.approval.approve.mutate(proposal);
  expect(await failureOf(own)).toMatchObject({ code: "APPROVAL_OWN" });

  // What changes after the proposal is not what was approved.
  await ines.api.aml.draft.mutate({ ...draft, narrative: "Deposits without a known source, and more." });
  const stale = await second.api.approval.approve.mutate(proposal);
  expect(stale.notApplied).toMatchObject({ code: "APPROVAL_CHANGED" });
  const again = await ines.api.aml.file.mutate({ sarId, reason: "Nothing explains it" });
  const filed = await second.api.approval.approve.mutate(again);
  expect(filed).toMatchObject({ notApplied: null, approval: { status: "APPLIED" } });

  const sar = await ines.api.aml.sar.mutate({ sarId });
  expect(sar).toMatchObject({ state: "FILED", documentHash: (again.content as { documentHash: string }).documentHash });
  expect(sar.document).toContain("<last_name>Marrowbone</last_name>");
  expect(sar.document).toContain("<amount>2000.00</amount>");
  const shown = await ines.api.aml.case.query({ caseId });
  expect(shown).toMatchObject({ state: "REPORTED", found: [{ state: "CONFIRMED" }] });
  expect(shown.steps.map(({ event }) => event)).toEqual(["open", "take", "note", "draft", "redraft", "report"]);
  expect(shown.steps[2]).toMatchObject({ by: "compliance2", text: "Asked the bank." });

  const late = ines.api.aml.discard.mutate({ sarId, reason: "Changed my mind" });
  expect(await failureOf(late)).toMatchObject({ code: "SAR_STATE" });
  await ines.api.aml.acknowledge.mutate({ sarId, receipt: "FIAU-2026-77" });
  const rewrite = office.casino.db.execute(
    sql`UPDATE sars SET narrative = '\\x00' WHERE public_id('sar', id) = ${sarId}`,
  );
  await expect(rewrite).rejects.toThrow();
});

test("a rule is tried over history, proposed with its difference, and holds once a second person agrees", async () => {
  await caseOf(await richPlayer("2500.00"));
  const [rule] = (await ines.api.aml.rules.list.query()).filter(({ code }) => code === "accrued-deposits");
  const { code, version, setAt: _at, setBy: _by, why: _why, ...body } = rule!;
  const stricter = { ...body, conditions: { ...body.conditions, amount: "2400.00" } as typeof body.conditions };
  const tried = await ines.api.aml.rules.dryRun.query({ code, body: stricter });
  expect(tried.hits.length).toBeGreaterThan(0);
  expect(tried.hits.every(({ measured }) => Number((measured["deposited"] ?? "").split(" ")[0]) >= 2_400)).toBe(true);
  expect(tried.reaction).toBe("ALERT");
  const diff = await ines.api.aml.rules.diff.query({ code, body: stricter });
  expect(diff).toEqual({
    basedOn: version,
    changes: [{ path: "conditions.amount", before: "2000.00", after: "2400.00" }],
  });
  const proposal = await ines.api.aml.rules.propose.mutate({ code, body: stricter, reason: "Fewer and better" });
  await second.api.approval.approve.mutate(proposal);
  const [newest, oldest] = await ines.api.aml.rules.versions.query({ code });
  expect([newest?.version, oldest?.version]).toEqual([version + 1, version]);
  const bare = await richPlayer("2300.00");
  await vi.waitFor(async () => {
    const known = await office.casino.db.execute(sql`SELECT FROM money_facts WHERE player_id = ${numberOf(bare)}`);
    expect(known.rowCount).toBe(1);
  }, patience);
  expect((await ines.api.aml.cases.query({ playerId: bare })).rows).toEqual([]);

  const doesMore = { ...stricter, reaction: { do: "LOCK" as const } };
  const refused = ines.api.aml.rules.propose.mutate({ code, body: doesMore, reason: "Lock them out" });
  expect(await failureOf(refused)).toMatchObject({ code: "REQUEST_INVALID" });
});

describe("the wall", () => {
  const secretWords = ["Quillfeather", "vermilion ledger"];

  /** Everything by which one could tell that there is something: ids, words of people, the player's rule. */
  async function buildSecrets() {
    const playerId = await richPlayer("4000.00");
    const { caseId } = await caseOf(playerId);
    await ines.api.aml.decide.mutate({ caseId, decision: "take", reason: `About ${secretWords[0]}` });
    const narrative = `The ${secretWords[1]} of ${secretWords[0]} explains nothing.`;
    const draft = { caseId, authority: "Quillfeather Unit", indicators: ["OTHER" as const], narrative };
    const { sarId } = await ines.api.aml.draft.mutate(draft);
    const open = await ines.api.aml.file.mutate({ sarId, reason: `${secretWords[0]} has to be told of` });
    await ines.api.view.save.mutate({ list: "aml-cases", name: secretWords[0]!, state: {}, shared: true });
    const [alert] = (await ines.api.aml.alerts.query({ playerId })).rows;
    const ids = [caseId, sarId, alert?.alertId ?? "", open.approvalId];
    return { playerId, ids, words: [...secretWords, ...ids.filter((id) => id.length > 4), open.contentHash] };
  }

  interface Probe {
    readonly path: string;
    readonly type: "query" | "mutation" | "subscription";
  }
  const probes: readonly Probe[] = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { type: Probe["type"] } }>,
  ).map(([path, { _def }]) => ({ path, type: _def.type }));

  /** Inputs that open as many queries as one set can: each takes what it knows. */
  function inputsFor(playerId: string, id: string): readonly Record<string, unknown>[] {
    const ids = Object.fromEntries(
      [
        "caseId",
        "sarId",
        "alertId",
        "approvalId",
        "betId",
        "transactionId",
        "hitId",
        "depositId",
        "payoutId",
        "staffId",
        "exportId",
      ].map((name) => [name, id]),
    );
    return [
      {},
      { playerId, text: id, list: "aml-cases", targets: [id], params: {}, code: "accrued-deposits", ...ids },
      { text: playerId, playerId, subjectId: id, subjectKind: "aml", action: "aml.draft", list: "aml-sars" },
      { text: secretWords[0], subjectKind: "aml", name: secretWords[0] },
      { text: playerId, kinds: ["aml.sar"], box: "all", statuses: ["PROPOSED"] },
      { playerId, kinds: ["staff"], text: id },
      { playerId },
    ];
  }

  async function ask(token: string, path: string, input: Record<string, unknown>): Promise<string> {
    const url = `${office.casino.url()}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return `${response.status} ${await response.text()}`;
  }

  test("no query answers support, or an administrator, with a byte of it", async () => {
    const { playerId, ids, words } = await buildSecrets();
    const queries = probes.filter(({ type }) => type === "query");
    expect(queries.length).toBeGreaterThan(60);
    let answered = 0;
    for (const who of [office.people.support, office.people.admin, office.people.finance]) {
      const { token } = await office.signIn(who);
      for (const { path } of queries) {
        for (const id of ids) {
          for (const input of inputsFor(playerId, id)) {
            const said = await ask(token, path, input);
            if (said.startsWith("200")) answered += 1;
            // What was asked for may come back in the words of a refusal.
            const echoed = new Set(Object.values(input).flat().map(String));
            for (const word of words) if (!echoed.has(word)) expect(said, `${path} as ${who.name}`).not.toContain(word);
            expect(said, `${path} as ${who.name}`).not.toMatch(
              /"(amlCase|sar|aml\.(draft|file|take|look|alert|note))"/,
            );
          }
        }
      }
    }
    // A wall that answers nothing at all would prove nothing.
    expect(answered).toBeGreaterThan(500);
    expect(await ask(ines.token, "aml.cases", { playerId })).toContain(ids[0]);
  }, 240_000);

  test("an id that exists and one that does not are told apart by nothing", async () => {
    const { ids } = await buildSecrets();
    const support = await office.signIn(office.people.support);
    const admin = await office.signIn(office.people.admin);
    const [caseId = "", sarId = "", , approvalId = ""] = ids;
    const nowhere = {
      caseId: formatId("amlCase", 999_999n),
      sarId: formatId("sar", 999_999n),
      approvalId: formatId("approval", 999_999n),
    };
    const real = { caseId, sarId, approvalId };
    for (const { token } of [support, admin]) {
      for (const path of ["aml.case", "approval.show", "approval.bets", "find.any"]) {
        const of = (found: typeof real) => ask(token, path, { ...found, text: found.caseId });
        expect(strip(await of(real)), path).toBe(strip(await of(nowhere)));
      }
    }
    const contentHash = "0".repeat(64);
    const real403 = await failureOf(admin.api.approval.approve.mutate({ approvalId, contentHash }));
    const none404 = await failureOf(admin.api.approval.approve.mutate({ approvalId: nowhere.approvalId, contentHash }));
    expect({ ...real403, traceId: "" }).toEqual({ ...none404, traceId: "" });
  });

  test("neither the file of the audit log nor a machine's key goes around it", async () => {
    const { words } = await buildSecrets();
    const admin = await office.signIn(office.people.admin);
    const { exportId } = await admin.api.export.create.mutate({
      list: "audit",
      format: "csv",
      filters: {},
      reason: "To look around",
    });
    await vi.waitFor(async () => {
      await runNextExport(office.deps);
      const { rows } = await admin.api.export.list.query({});
      expect(rows.find((row) => row.exportId === exportId)?.status).toBe("DONE");
    }, patience);
    const file = await fetch(`${office.casino.url()}/staff/exports/${exportId}`, {
      headers: { authorization: `Bearer ${admin.token}` },
    });
    const text = await file.text();
    expect(file.status).toBe(200);
    expect(text.split("\n").length).toBeGreaterThan(10);
    for (const word of words) expect(text).not.toContain(word);
    expect(text).not.toContain("aml.");
    const key = admin.api.machineKey.issue.mutate({
      ...{ name: "a snoop", networks: [], days: 1, reason: "To look around" },
      scopes: ["aml.read"],
    });
    expect(await failureOf(key)).toMatchObject({ code: "REQUEST_INVALID" });
    const bundle = admin.api.audit.bundle.mutate({
      from: "2026-01-01",
      to: "2026-01-02",
      zone: "UTC",
      reason: "To look",
    });
    expect(await failureOf(bundle)).toMatchObject({ code: "NOT_ALLOWED" });
  });

  function strip(text: string): string {
    return text.replace(/tr_[0-9a-f]+/g, "tr");
  }
});
