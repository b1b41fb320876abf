import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { totpCode, totpStepAt } from "@pitboss/domain/identity/totp";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureOf, type Office, startOffice, testPassword } from "../../testing/start-office.ts";

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.close());

describe("signing in", () => {
  test("takes a password and a second factor, and opens a session that the API knows", async () => {
    const { api, person } = await office.signIn(office.people.support);
    const me = await api.account.me.query();
    expect(me).toMatchObject({ staffId: person.id, roles: ["support"], email: "support@house.test" });
    expect(me.session.freshUntil).not.toBeNull();
  });

  test("says the same of a wrong password and of an address that nobody has", async () => {
    const wrong = await office.post("/staff/sign-in", { email: "risk@house.test", password: "nope nope nope" });
    const nobody = await office.post("/staff/sign-in", { email: "ghost@house.test", password: "nope nope nope" });
    expect([wrong.status, wrong.body["code"]]).toEqual([401, "SIGN_IN_WRONG"]);
    expect([nobody.status, nobody.body["code"], nobody.body["title"]]).toEqual([
      401,
      "SIGN_IN_WRONG",
      wrong.body["title"],
    ]);
  });

  test("does nothing for whoever lacks the console's key", async () => {
    const credentials = { email: office.people.risk.email, password: testPassword };
    for (const consoleKey of [null, "demo-wrong-key-of-the-same-kind-as-the-real-one"]) {
      const refused = await office.post("/staff/sign-in", credentials, { consoleKey });
      expect([refused.status, refused.body["code"]]).toEqual([403, "NOT_ALLOWED"]);
    }
  });

  test("takes no code twice, not even of two sign-ins at once", async () => {
    const { operations } = office.people;
    const code = await office.freshCode(operations);
    const flows = await Promise.all(
      [1, 2].map(() => office.post("/staff/sign-in", { email: operations.email, password: testPassword })),
    );
    const answers = await Promise.all(
      flows.map(({ body }) =>
        office.post("/staff/sign-in/second-factor", { flow: body["flow"], method: "TOTP", code }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test("a flow is used once", async () => {
    const { compliance } = office.people;
    const begun = await office.post("/staff/sign-in", { email: compliance.email, password: testPassword });
    const give = async (): ReturnType<Office["post"]> =>
      office.post("/staff/sign-in/second-factor", {
        flow: begun.body["flow"],
        method: "TOTP",
        code: await office.freshCode(compliance),
      });
    expect((await give()).status).toBe(200);
    expect((await give()).body["code"]).toBe("SIGN_IN_ENDED");
  });

  test("guesses slow down the guesser's address, and never the owner at their own", async () => {
    const { auditor } = office.people;
    const guess = (ip: string): ReturnType<Office["post"]> =>
      office.post("/staff/sign-in", { email: auditor.email, password: "guess guess guess" }, { ip });
    let last = await guess("203.0.113.9");
    for (let count = 0; count < 5; count += 1) last = await guess("203.0.113.9");
    expect([last.status, last.body["code"]]).toEqual([429, "SIGN_IN_WAIT"]);
    const right = await office.post(
      "/staff/sign-in",
      { email: auditor.email, password: testPassword },
      { ip: "203.0.113.9" },
    );
    expect(right.body["code"]).toBe("SIGN_IN_WAIT");
    await office.signIn(auditor, "198.51.100.200");
  });
});

describe("sessions", () => {
  test("end at once where they are ended elsewhere", async () => {
    const { finance } = office.people;
    const [here, there] = [await office.signIn(finance), await office.signIn(finance)];
    expect(await here.api.account.signOutEverywhere.mutate({ keepThis: true })).toEqual({ ended: 1 });
    expect(await failureOf(there.api.account.me.query())).toMatchObject({ code: "SESSION_ENDED" });
    expect((await office.post("/staff/session/token", { session: there.session })).body["code"]).toBe("SESSION_ENDED");
    await here.api.account.me.query();
    await office.post("/staff/sign-out", { session: here.session });
    expect(await failureOf(here.api.account.me.query())).toMatchObject({ code: "SESSION_ENDED" });
  });

  test("end for want of use, and at their longest time", async () => {
    const { session, api } = await office.signIn(office.people.risk);
    const idle = sql`UPDATE staff_sessions SET last_seen_at = now() - interval '31 minutes' WHERE revoked_at IS NULL AND staff_id = ${office.people.risk.staffId}`;
    await office.casino.db.execute(idle);
    expect(await failureOf(api.account.me.query())).toMatchObject({ code: "SESSION_ENDED", data: { state: "IDLE" } });
    await office.casino.db.execute(
      sql`UPDATE staff_sessions SET last_seen_at = now(), created_at = now() - interval '13 hours' WHERE revoked_at IS NULL AND staff_id = ${office.people.risk.staffId}`,
    );
    const answer = await office.post("/staff/session/token", { session });
    expect(answer.body).toMatchObject({ code: "SESSION_ENDED", data: { state: "EXPIRED" } });
  });

  test("a session of the console is worth nothing without the console's key", async () => {
    const { session } = await office.signIn(office.people.support);
    expect((await office.post("/staff/session/token", { session }, { consoleKey: null })).body["code"]).toBe(
      "SESSION_ENDED",
    );
  });

  test("a token that was changed, or is none, opens nothing", async () => {
    const { token } = await office.signIn(office.people.support);
    const changed = `${token.slice(0, -3)}${token.endsWith("AAA") ? "BBB" : "AAA"}`;
    expect(await failureOf(office.client(changed).account.me.query())).toMatchObject({ code: "TOKEN_INVALID" });
    expect(await failureOf(office.client("x".repeat(40)).account.me.query())).toMatchObject({ code: "TOKEN_INVALID" });
    expect(await failureOf(office.client(undefined).account.me.query())).toMatchObject({ code: "TOKEN_MISSING" });
  });

  test("what is dangerous asks for a fresh second factor, and goes once it was given", async () => {
    const { api, person } = await office.signIn(office.people.admin2);
    await office.casino.db.execute(
      sql`UPDATE staff_sessions SET second_factor_at = now() - interval '6 minutes' WHERE staff_id = ${person.staffId}`,
    );
    const invite = {
      email: "step.up@house.test",
      name: "Step Up",
      roles: ["support" as const],
      reason: "A new colleague",
    };
    expect(await failureOf(api.staff.invite.mutate(invite))).toMatchObject({ code: "STEP_UP_NEEDED" });
    expect(await failureOf(api.account.stepUp.mutate({ method: "TOTP", code: "000000" }))).toMatchObject({
      code: "FACTOR_WRONG",
    });
    await api.account.stepUp.mutate({ method: "TOTP", code: await office.freshCode(person) });
    await api.staff.invite.mutate(invite);
  });
});

describe("an invited person", () => {
  test("sets a password, is made to set up a second factor, and gets in with it", async () => {
    const { api } = await office.signIn(office.people.admin);
    const { staffId } = await api.staff.invite.mutate({
      email: "New.Colleague@house.test",
      name: "New Colleague",
      roles: ["support"],
      reason: "Starts on Monday",
    });
    const invitation = await newestInvitation(office);
    expect((await office.post("/staff/invitation", { invitation })).body).toEqual({
      email: "new.colleague@house.test",
      name: "New Colleague",
    });
    const weak = await office.post("/staff/invitation/accept", { invitation, password: "colleague-2026" });
    expect(weak.body).toMatchObject({ code: "PASSWORD_WEAK", data: { reason: "PERSONAL" } });
    const accepted = await office.post("/staff/invitation/accept", { invitation, password: testPassword });
    expect(accepted.body).toMatchObject({ next: "ENROL", methods: [] });
    const { flow } = accepted.body;
    expect((await office.post("/staff/invitation/accept", { invitation, password: testPassword })).body["code"]).toBe(
      "LINK_INVALID",
    );

    const offered = await office.post("/staff/sign-in/enrol/totp", { flow });
    const uri = new URL(String(offered.body["uri"]));
    expect(uri.searchParams.get("issuer")).toBe("Pitboss");
    const secret = fromBase32(String(offered.body["secret"]));
    const confirm = (code: string): ReturnType<Office["post"]> =>
      office.post("/staff/sign-in/enrol/totp/confirm", { flow, code });
    expect((await confirm("123456")).body["code"]).toBe("FACTOR_WRONG");
    const enrolled = await confirm(totpCode(secret, totpStepAt(Date.now())));
    expect(enrolled.body["recoveryCodes"]).toHaveLength(10);
    const me = await office.client(await office.tokenOf(String(enrolled.body["session"]))).account.me.query();
    expect(me).toMatchObject({ staffId, roles: ["support"] });

    const [code = ""] = enrolled.body["recoveryCodes"] as string[];
    const again = (): ReturnType<Office["post"]> =>
      office.post("/staff/sign-in", { email: "new.colleague@house.test", password: testPassword });
    const first = await again();
    expect(first.body).toMatchObject({ next: "SECOND_FACTOR", methods: ["TOTP", "RECOVERY_CODE"] });
    const recover = async (withFlow: unknown): ReturnType<Office["post"]> =>
      office.post("/staff/sign-in/second-factor", {
        flow: withFlow,
        method: "RECOVERY_CODE",
        code: code.toUpperCase(),
      });
    expect((await recover(first.body["flow"])).status).toBe(200);
    expect((await recover((await again()).body["flow"])).body["code"]).toBe("FACTOR_WRONG");
  });

  test("can't add a factor with a password alone once there is one", async () => {
    const { email } = office.people.finance2;
    const begun = await office.post("/staff/sign-in", { email, password: testPassword });
    const offered = await office.post("/staff/sign-in/enrol/totp", { flow: begun.body["flow"] });
    expect(offered.body["code"]).toBe("FACTOR_EXISTS");
  });
});

describe("a terminal", () => {
  test("is let in from the console, and then works without the console", async () => {
    const { api, person } = await office.signIn(office.people.operations);
    const offer = await office.post("/staff/terminal", { client: "pitboss on a laptop" }, { consoleKey: null });
    const { deviceCode, userCode } = offer.body;
    const collect = (): ReturnType<Office["post"]> =>
      office.post("/staff/terminal/collect", { deviceCode }, { consoleKey: null });
    expect((await collect()).body["code"]).toBe("AUTHORIZATION_PENDING");
    const shown = await api.account.terminal.query({ userCode: String(userCode).toLowerCase() });
    expect(shown.client).toBe("pitboss on a laptop");
    await api.account.answerTerminal.mutate({ userCode: String(userCode), letIn: true });
    const collected = await collect();
    expect(collected.body["staffId"]).toBe(person.id);
    expect((await collect()).body["code"]).toBe("SIGN_IN_ENDED");
    const issued = await office.post(
      "/staff/session/token",
      { session: collected.body["session"] },
      { consoleKey: null },
    );
    const me = await office.client(String(issued.body["token"])).account.me.query();
    expect(me.session.channel).toBe("cli");
  });

  test("that is turned away gets nothing", async () => {
    const { api } = await office.signIn(office.people.operations);
    const { deviceCode, userCode } = (await office.post("/staff/terminal", { client: "?" }, { consoleKey: null })).body;
    await api.account.answerTerminal.mutate({ userCode: String(userCode), letIn: false });
    const answer = await office.post("/staff/terminal/collect", { deviceCode }, { consoleKey: null });
    expect(answer.body["code"]).toBe("NOT_ALLOWED");
  });
});

async function newestInvitation({ casino }: Office): Promise<string> {
  const folder = join(casino.dataDir, "mail");
  const newest =
    (await readdir(folder))
      .filter((name) => name.endsWith(".eml"))
      .sort()
      .at(-1) ?? "";
  const mail = await readFile(join(folder, newest), "utf8");
  return /\/invitation#(\S+)/.exec(mail)?.[1] ?? "";
}

function fromBase32(text: string): Buffer {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
