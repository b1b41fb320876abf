/** Jurisdictions, limit profiles and exclusions in the hands of staff: two people, and never a shorter clock. */
import { randomUUID } from "node:crypto";
import { setKycLevel } from "@pitboss/db/compliance/standing-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { liveGame, numberOf, type TestPlayer } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

let office: Office;
let compliance: SignedIn["api"];
let risk: SignedIn["api"];
let admin: SignedIn["api"];
let support: SignedIn["api"];

beforeAll(async () => {
  office = await startOffice();
  compliance = (await office.signIn(office.people.compliance)).api;
  risk = (await office.signIn(office.people.risk)).api;
  admin = (await office.signIn(office.people.admin)).api;
  support = (await office.signIn(office.people.support)).api;
});
afterAll(() => office.close());

async function maxBetOf({ playerId }: TestPlayer): Promise<unknown> {
  const body = {
    requestId: randomUUID(),
    playerId,
    gameId: liveGame,
    roundId: randomUUID(),
    stake: { amount: "1.00", currency: "EUR" },
    selection: [],
  };
  const answer = await office.casino.call("POST", "/v1/bets/place", { token: office.casino.operatorKey, body });
  return (answer.body["limits"] as { maxBet: string } | undefined)?.maxBet ?? answer.body["code"];
}

async function newestRules(code: string) {
  const packs = await compliance.jurisdiction.list.query();
  const newest = packs.filter((pack) => pack.code === code).at(-1);
  if (newest === undefined) throw new Error(`there is a pack ${code}`);
  return newest;
}

describe("a limit profile", () => {
  test("changes by two people, is explained, and bounds the very next bets", async () => {
    const player = await office.casino.openPlayer({ EUR: "100.00" });
    const [standing] = (await risk.limitProfile.list.query()).filter(({ profile }) => profile === "DEFAULT");
    const narrow = { country: "MT", playerId: null, category: null, game: liveGame };
    const rows = [
      ...(standing?.rows ?? []),
      { measure: "betMax" as const, currency: "EUR" as const, amount: "77.00", ...narrow },
    ];
    const wanted = { profile: "DEFAULT" as const, rows, effectiveFrom: null };
    expect(await support.limitProfile.diff.query(wanted)).toMatchObject({
      basedOn: 1,
      changes: [{ path: `betMax EUR MT ${liveGame}`, before: "", after: "77.00" }],
    });
    const proposed = await risk.limitProfile.propose.mutate({ ...wanted, reason: "a quieter table" });
    const { approvalId, contentHash } = proposed;
    expect(proposed.status).toBe("PROPOSED");
    expect(await maxBetOf(player)).not.toBe("77.00");
    const own = await failureOf(risk.approval.approve.mutate({ approvalId, contentHash, reason: null }));
    expect(own.code).toBe("APPROVAL_OWN");
    await compliance.approval.approve.mutate({ approvalId, contentHash, reason: null });
    await expect.poll(() => maxBetOf(player), { timeout: 5_000 }).toBe("77.00");
    const explained = await support.limitProfile.explain.query({
      playerId: player.playerId,
      game: liveGame,
      currency: "EUR",
    });
    expect(explained).toMatchObject({ maxBet: "77.00", refusal: null, profile: "DEFAULT", jurisdiction: "MT v2" });
    expect(explained.bounds.filter(({ source }) => source === "PROFILE")[0]).toMatchObject({
      limit: "77.00",
      version: "DEFAULT v2",
    });
  });

  test("is explained with what the player's own limits leave, and with what refuses another currency", async () => {
    const { playerId, token } = await office.casino.openPlayer({ EUR: "100.00" });
    const limit = { kind: "LOSS", period: "DAY", amount: "10.00", currency: "EUR" };
    expect((await office.casino.call("PUT", "/v1/limits", { token, body: limit })).status).toBe(200);
    const explain = (currency: string) => support.limitProfile.explain.query({ playerId, game: liveGame, currency });
    expect(await explain("EUR")).toMatchObject({ fits: "10.00", refusal: null });
    expect(await explain("USD")).toMatchObject({
      fits: "0.00",
      refusal: { code: "LIMIT_OTHER_CURRENCY", rule: "risk.limit-currency" },
    });
  });

  test("above the default takes a player whose source of funds is known", async () => {
    const player = await office.casino.openPlayer({ EUR: "100.00" });
    const assign = () =>
      risk.limitProfile.assign.mutate({ playerId: player.playerId, profile: "VIP_A", reason: "known for years" });
    expect((await failureOf(assign())).code).toBe("KYC_LEVEL_TOO_LOW");
    await setKycLevel(office.casino.db, numberOf(player.playerId), 3);
    expect(await assign()).toEqual({ profile: "VIP_A" });
    const { profile } = await support.rg.show.query({ playerId: player.playerId });
    expect(profile).toBe("VIP_A");
  });
});

describe("a jurisdiction's pack", () => {
  test("changes by two people, from its instant on, and not on top of a version that nobody saw", async () => {
    const { rules, countries } = await newestRules("MT");
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const wanted = {
      code: "MT",
      countries: [...countries],
      rules: { ...rules, increaseHours: 48 },
      effectiveFrom: tomorrow,
    };
    const shown = await support.jurisdiction.diff.query(wanted);
    expect(shown).toMatchObject({ basedOn: 2, changes: [{ path: "increaseHours", before: "24", after: "48" }] });
    expect(shown.players).toBeGreaterThan(0);
    expect((await failureOf(risk.jurisdiction.propose.mutate({ ...wanted, reason: "not for risk" }))).code).toBe(
      "NOT_ALLOWED",
    );
    const first = await compliance.jurisdiction.propose.mutate({ ...wanted, reason: "the regulator wrote" });
    const rival = await compliance.jurisdiction.propose.mutate({
      ...wanted,
      rules: { ...rules, increaseHours: 72 },
      reason: "the regulator wrote again",
    });
    await admin.approval.approve.mutate({ approvalId: first.approvalId, contentHash: first.contentHash, reason: null });
    expect(await newestRules("MT")).toMatchObject({ version: 3, standing: "FUTURE", approvalId: first.approvalId });
    await admin.approval.approve
      .mutate({ approvalId: rival.approvalId, contentHash: rival.contentHash, reason: null })
      .catch(() => undefined);
    expect((await newestRules("MT")).version).toBe(3);
  });

  test("is refused where its amounts or countries can't be", async () => {
    const { rules } = await newestRules("UK");
    const cents = { ...rules, stakes: [{ category: "slots", youngOnly: false, max: { JPY: "1.50" } }] };
    const ask = (code: string, countries: string[], changed: typeof rules) =>
      failureOf(compliance.jurisdiction.diff.query({ code, countries, rules: changed, effectiveFrom: null }));
    expect((await ask("UK", ["GB"], cents)).code).toBe("AMOUNT_INVALID");
    expect((await ask("UK", ["GB", "DE"], { ...rules, increaseHours: 1 })).detail).toContain("DE");
    expect((await ask("UK", ["GB"], rules)).code).toBe("NOTHING_CHANGES");
  });
});

describe("staff", () => {
  test("make a limit stricter and never looser, and what they note stays", async () => {
    const player = await office.casino.openPlayer({ EUR: "100.00" });
    const { playerId } = player;
    const limit = (amount: string | null) => ({
      kind: "LOSS" as const,
      period: "WEEK" as const,
      currency: "EUR" as const,
      amount,
    });
    const tighten = (amount: string | null) =>
      support.rg.tighten.mutate({ playerId, limit: limit(amount), reason: "after a call with the player" });
    expect(await tighten("20.00")).toMatchObject({ applied: "NOW" });
    for (const looser of ["30.00", null]) expect((await failureOf(tighten(looser))).code).toBe("NOT_ALLOWED");
    await support.rg.noteInteraction.mutate({ playerId, kind: "CALL", note: "Said that rent is due." });
    const { rows } = await support.rg.interactions.query({ playerId });
    expect(rows).toMatchObject([{ kind: "CALL", note: "Said that rent is due.", actor: office.people.support.id }]);
  });

  test("exclude a person on all accounts, and answer who asks for play again", async () => {
    const one = await office.casino.openPlayer({ EUR: "10.00" });
    const two = await office.casino.openPlayer({ EUR: "10.00" });
    const stranger = await office.casino.openPlayer({ EUR: "10.00" });
    const same = { firstName: "Zoë", lastName: "O'Brien", birthDate: "1990-04-05" };
    const phone = "+356 2122 4455";
    await office.deps.players.store(office.deps.db, numberOf(one.playerId), { ...same, phone });
    await office.deps.players.store(office.deps.db, numberOf(two.playerId), {
      ...same,
      firstName: "zoe",
      lastName: "OBRIEN",
    });
    await office.deps.players.store(office.deps.db, numberOf(stranger.playerId), { ...same, birthDate: "1991-04-05" });
    // Under another surname, on the phone of the first account; and a twin on the same phone, who is somebody else.
    const married = await office.casino.openPlayer({ EUR: "10.00" });
    const twin = await office.casino.openPlayer({ EUR: "10.00" });
    const samePhone = { ...same, phone: "00356 21224455" };
    await office.deps.players.store(office.deps.db, numberOf(married.playerId), {
      ...samePhone,
      lastName: "Camilleri",
    });
    await office.deps.players.store(office.deps.db, numberOf(twin.playerId), { ...samePhone, firstName: "Ned" });
    await support.rg.exclude.mutate({
      playerId: one.playerId,
      kind: "SELF_EXCLUSION",
      days: null,
      reason: "asked for by phone",
    });
    expect([await maxBetOf(one), await maxBetOf(two)]).toEqual(["SELF_EXCLUDED", "SELF_EXCLUDED"]);
    expect(await maxBetOf(married)).toBe("SELF_EXCLUDED");
    expect(await maxBetOf(twin)).not.toBe("SELF_EXCLUDED");
    const [said] = await support.player.denials.query({ playerId: one.playerId });
    expect(said).toMatchObject({ command: "place", code: "SELF_EXCLUDED", full: null });
    const [known] = await compliance.player.denials.query({ playerId: one.playerId });
    expect(known?.full).toMatchObject({ rule: "risk.not-excluded", inputs: { exclusion: "SELF_EXCLUSION" } });
    expect(await maxBetOf(stranger)).not.toBe("SELF_EXCLUDED");
    const shown = await support.rg.show.query({ playerId: two.playerId });
    expect(shown.exclusions[0]?.cameFrom).toMatch(/^exc_/);
    await office.casino.call("POST", "/v1/self-exclusion/reactivation", {
      token: one.token,
      body: { reason: "I have talked to somebody" },
    });
    const { rows } = await compliance.rg.exclusions.query({ state: "REACTIVATION_REQUESTED" });
    const exclusionId = rows[0]?.exclusionId ?? "";
    const answer = { exclusionId, granted: true, reason: "talked it over with the player" };
    expect((await failureOf(support.rg.answerReactivation.mutate(answer))).code).toBe("NOT_ALLOWED");
    const { liftsAt } = await compliance.rg.answerReactivation.mutate(answer);
    expect(Date.parse(liftsAt ?? "") - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    expect(await maxBetOf(one)).toBe("SELF_EXCLUDED");
    expect((await failureOf(compliance.rg.answerReactivation.mutate(answer))).code).toBe("NOTHING_CHANGES");
  });
});
