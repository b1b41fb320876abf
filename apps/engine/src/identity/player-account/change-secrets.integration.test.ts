import { sql } from "drizzle-orm";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Body } from "../../gaming/place-body.fixture.ts";
import { startEngineProcess } from "../../simulation/engine-process.ts";
import { type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import {
  application,
  behindProxy,
  goodPassword,
  joinCasino,
  lastMail,
  mailsTo,
  signIn,
  type Visitor,
  visitor,
} from "./visitor.fixture.ts";

let office: Office;
let compliance: SignedIn;
beforeAll(async () => {
  office = await startOffice(behindProxy);
  compliance = await office.signIn(office.people.compliance);
});
afterAll(() => office.close());

const newPassword = "amber sofa comet drizzle";
const at = (ip: string): Visitor => visitor(office.casino, ip);
const home = () => at("203.0.113.5");
const join = (email: string) => joinCasino(office.casino, home(), email);

async function wallet(token: string): Promise<unknown> {
  const { status, body } = await home().call("GET", "/v1/wallet", { token });
  return body["code"] ?? status;
}

describe("a forgotten password", () => {
  const ask = (email: string) => home().call("POST", "/v1/password-resets", { body: { email } });
  const confirm = (token: string, password = newPassword) =>
    home().call("POST", "/v1/password-resets/confirm", { body: { token, password } });

  test("is set anew by the mail's token, once, and every session ends", async () => {
    const email = "forgot@example.test";
    const sessions = [await join(email), await signIn(home(), email)];
    expect((await ask(email)).body).toEqual({ next: "CHECK_MAIL" });
    const { token } = await lastMail(office.casino, email, 3);
    const weak = await confirm(token, "short");
    expect([weak.status, weak.body["code"], weak.body["data"]]).toMatchObject([
      422,
      "PASSWORD_WEAK",
      { minLength: 10 },
    ]);
    const reset = await confirm(token);
    expect(reset.status).toBe(200);
    expect((await confirm(token)).body["code"]).toBe("LINK_INVALID");
    for (const { accessToken, refreshToken } of sessions) {
      await expect.poll(() => wallet(accessToken), { timeout: 5_000 }).toBe("SESSION_ENDED");
      const refreshed = await home().call("POST", "/v1/tokens/refresh", { body: { refreshToken } });
      expect(refreshed.body["code"]).toBe("SESSION_ENDED");
    }
    const old = await home().call("POST", "/v1/sessions", { body: { email, password: goodPassword } });
    expect(old.body["code"]).toBe("SIGN_IN_WRONG");
    await signIn(home(), email, { password: newPassword });
    expect((await mailsTo(office.casino, email, 4)).map(({ subject }) => subject)).toContain(
      "Your password was changed",
    );
  });

  test("brings its owner in while strangers everywhere guess at the account", async () => {
    const email = "besieged@example.test";
    await join(email);
    for (let count = 0; count < 60; count += 1) {
      const body = { email, password: "guess guess guess" };
      await at(`198.18.${count}.1`).call("POST", "/v1/sessions", { body });
    }
    await ask(email);
    const { token } = await lastMail(office.casino, email, 2);
    const abroad = at("192.0.2.50");
    const held = await abroad.call("POST", "/v1/sessions", { body: { email, password: goodPassword } });
    expect(held.body["code"]).toBe("SIGN_IN_WAIT");
    const reset = await abroad.call("POST", "/v1/password-resets/confirm", { body: { token, password: newPassword } });
    await signIn(abroad, email, { password: newPassword, deviceToken: String(reset.body["deviceToken"]) });
  });

  test("is answered the same for an address that nobody has, and no mail goes there", async () => {
    const [known, unknown] = [await ask("forgot@example.test"), await ask("forgot-ghost@example.test")];
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    await mailsTo(office.casino, "forgot@example.test", 6);
    await expect(mailsTo(office.casino, "forgot-ghost@example.test", 0)).resolves.toEqual([]);
  });

  test("takes a token of its own kind, in its time", async () => {
    const email = "wrong-kind@example.test";
    await join(email);
    await ask(email);
    const { token } = await lastMail(office.casino, email, 2);
    const verify = await home().call("POST", "/v1/email-verifications/confirm", { body: { token } });
    expect(verify.body["code"]).toBe("LINK_INVALID");
    await office.casino.db.execute(
      sql`UPDATE player_links SET expires_at = now() - interval '1 second' WHERE purpose = 'RESET_PASSWORD' AND used_at IS NULL`,
    );
    expect((await confirm(token)).body["code"]).toBe("LINK_INVALID");
    expect((await confirm("ppl_neverneverneverneverneverneverever")).body["code"]).toBe("LINK_INVALID");
  });
});

describe("a password", () => {
  test("is changed with the old one; the session at hand stays and all others end", async () => {
    const email = "changes@example.test";
    const here = await join(email);
    const there = await signIn(home(), email);
    const change = (currentPassword: string, next: string) =>
      home().call("PUT", "/v1/players/me/password", {
        token: here.accessToken,
        body: { currentPassword, newPassword: next },
      });
    expect((await change("not this one at all", newPassword)).body["code"]).toBe("PASSWORD_WRONG");
    expect((await change(goodPassword, "grace quill grace quill")).body).toMatchObject({
      code: "PASSWORD_WEAK",
      data: { reason: "PERSONAL" },
    });
    const changed = await change(goodPassword, newPassword);
    expect([changed.status, changed.body]).toEqual([200, { ended: 1 }]);
    expect(await wallet(here.accessToken)).toBe(200);
    expect(await wallet(there.accessToken)).toBe("SESSION_ENDED");
    await signIn(home(), email, { password: newPassword });
    const audit = await compliance.api.audit.list.query({ subjectId: here.playerId, action: "player.change-password" });
    expect(audit.rows).toMatchObject([
      { actor: { kind: "player", id: here.playerId }, sessionId: here.sessionId, after: { endedSessions: 1 } },
    ]);
  });

  test("can't be tried out with a stolen token", async () => {
    const { accessToken: token } = await join("tried-out@example.test");
    const codes: unknown[] = [];
    for (let count = 0; count < 6; count += 1) {
      const body = { currentPassword: `guess number ${count}`, newPassword };
      codes.push((await home().call("PUT", "/v1/players/me/password", { token, body })).body["code"]);
    }
    expect(codes.at(0)).toBe("PASSWORD_WRONG");
    expect(codes.at(-1)).toBe("SIGN_IN_WAIT");
  });
});

describe("an e-mail address", () => {
  const change = (token: string, email: string, password = goodPassword) =>
    home().call("PUT", "/v1/players/me/email", { token, body: { email, password } });
  const confirm = (token: string) => home().call("POST", "/v1/email-verifications/confirm", { body: { token } });

  test("changes once the new one has answered, and the old one learns of it", async () => {
    const [old, next] = ["moves@example.test", "Moved@example.test"];
    const { accessToken, playerId } = await join(old);
    expect((await change(accessToken, next, "not this one at all")).body["code"]).toBe("PASSWORD_WRONG");
    const asked = await change(accessToken, next);
    expect([asked.status, asked.body]).toEqual([202, { next: "CHECK_MAIL" }]);
    await signIn(home(), old);
    const { token } = await lastMail(office.casino, next);
    expect((await confirm(token)).status).toBe(204);
    expect((await lastMail(office.casino, old, 3)).subject).toBe("Your e-mail address was changed");
    await signIn(home(), next.toLowerCase());
    const gone = await home().call("POST", "/v1/sessions", { body: { email: old, password: goodPassword } });
    expect(gone.body["code"]).toBe("SIGN_IN_WRONG");
    const profile = await home().call("GET", "/v1/players/me", { token: accessToken });
    expect(profile.body["email"]).toBe(next);
    const audit = await compliance.api.audit.list.query({ subjectId: playerId, action: "player.change-email" });
    expect(audit.rows).toMatchObject([
      { before: { email: "m•••@example.test" }, after: { email: "M•••@example.test" }, actor: { kind: "player" } },
    ]);
    // The old address is free again.
    await home().call("POST", "/v1/players", { body: application(old) });
    const { token: freed } = await lastMail(office.casino, old, 4);
    expect((await confirm(freed)).status).toBe(204);
  });

  test("of somebody else stays theirs, and the answer does not tell", async () => {
    await join("owner@example.test");
    const { accessToken } = await join("covets@example.test");
    const asked = await change(accessToken, "owner@example.test");
    expect([asked.status, asked.body]).toEqual([202, { next: "CHECK_MAIL" }]);
    expect(await lastMail(office.casino, "owner@example.test", 2)).toMatchObject({
      subject: "You have an account already",
      token: "",
    });
  });

  test("that somebody else proved meanwhile stays theirs", async () => {
    const email = "meanwhile@example.test";
    const { accessToken } = await join("slow@example.test");
    await change(accessToken, email);
    const { token } = await lastMail(office.casino, email);
    await home().call("POST", "/v1/players", { body: application(email) });
    expect((await confirm((await lastMail(office.casino, email, 2)).token)).status).toBe(204);
    const late = await confirm(token);
    expect([late.status, late.body["code"]]).toEqual([422, "LINK_INVALID"]);
    expect((await home().call("GET", "/v1/players/me", { token: accessToken })).body["email"]).toBe(
      "slow@example.test",
    );
  });
});

test("an erased player can't come in any more, and nothing of the devices is left", async () => {
  const email = "erased@example.test";
  const { playerId, deviceToken, accessToken } = await join(email);
  await compliance.api.player.lock.mutate({ playerId, reason: "Account is being closed" });
  const { approvalId, contentHash } = await compliance.api.approval.proposeErasure.mutate({
    playerId,
    request: "By e-mail on 20 November",
    reason: "GDPR article 17",
  });
  const admin = await office.signIn(office.people.admin);
  await admin.api.approval.approve.mutate({ approvalId, contentHash });
  const back = await home().call("POST", "/v1/sessions", { body: { email, password: goodPassword, deviceToken } });
  expect(back.body["code"]).toBe("SIGN_IN_WRONG");
  await expect.poll(() => wallet(accessToken), { timeout: 5_000 }).toBe("SESSION_ENDED");
  const { rows } = await office.casino.db.execute(
    sql`SELECT ip, user_agent FROM known_devices WHERE public_id('p', player_id) = ${playerId}`,
  );
  expect(rows).toEqual([{ ip: null, user_agent: null }]);
});

describe("bodies that are bent in any way", () => {
  const whole: Record<string, readonly [method: string, body: () => Body]> = {
    "/v1/players": ["POST", () => application("bent@example.test")],
    "/v1/sessions": [
      "POST",
      () => ({ email: "bent@example.test", password: goodPassword, deviceToken: "x".repeat(30) }),
    ],
    "/v1/tokens/refresh": ["POST", () => ({ refreshToken: `prt_${"x".repeat(43)}` })],
    "/v1/email-verifications": ["POST", () => ({ email: "bent@example.test" })],
    "/v1/email-verifications/confirm": ["POST", () => ({ token: `ppl_${"x".repeat(43)}` })],
    "/v1/password-resets": ["POST", () => ({ email: "bent@example.test" })],
    "/v1/password-resets/confirm": ["POST", () => ({ token: `ppl_${"x".repeat(43)}`, password: newPassword })],
    "/v1/players/me/password": ["PUT", () => ({ currentPassword: "no", newPassword })],
    "/v1/players/me/email": ["PUT", () => ({ email: "bent@example.test", password: "no" })],
  };
  const nasty = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, "", " ", "\u0000", "\ud800", "a@b", "'; --", [], {}, "9".repeat(2_000)),
    fc.jsonValue({ maxDepth: 1 }),
    fc.string({ unit: "binary", maxLength: 40 }),
  );

  test.each(Object.keys(whole))("%s takes or refuses each, and never fails", { timeout: 60_000 }, async (path) => {
    const [method, make] = whole[path] ?? ["POST", () => ({})];
    const { accessToken } = await joinCasino(office.casino, home(), `bent${path.replaceAll("/", "-")}@example.test`);
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(9), nasty, fc.constantFrom("replace", "remove", "add"), async (at_, value, how) => {
        const body: Record<string, unknown> = { ...make() };
        const keys = Object.keys(body);
        const key = keys[at_ % keys.length] ?? "";
        if (how === "remove") delete body[key];
        else if (how === "add") body[`${key}2`] = value;
        else body[key] = value;
        turn += 1;
        const who = at(`10.${path.length}.${turn % 250}.${Math.trunc(turn / 250) + 1}`);
        // An answer that is not documented throws.
        const { status } = await who.call(method, path, { body, ...(method === "PUT" ? { token: accessToken } : {}) });
        expect(status, JSON.stringify(body)).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});

test("neither secrets nor personal data come into the log, at its most talkative", { timeout: 120_000 }, async () => {
  const engine = await startEngineProcess({
    databaseUrl: office.casino.databaseUrl,
    dataDir: office.casino.dataDir,
    settings: { LOG_LEVEL: "trace", LANES: "1", ...behindProxy },
  });
  const call = async (method: string, path: string, body?: unknown, token?: string): Promise<Body> => {
    const response = await fetch(engine.url + path, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Body;
  };
  const email = "logged@example.test";
  await call("POST", "/v1/players", application(email, { firstName: "Quintessa" }));
  const { token } = await lastMail(office.casino, email);
  await fetch(`${engine.url}/v1/email-verifications/confirm`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const signedIn = await call("POST", "/v1/sessions", { email, password: goodPassword });
  const refreshed = await call("POST", "/v1/tokens/refresh", { refreshToken: signedIn["refreshToken"] });
  await call("GET", "/v1/players/me", undefined, String(signedIn["accessToken"]));
  await call("POST", "/v1/sessions", { email, password: "guess guess guess" });
  // A statement that fails is what logs most: here the one that writes an attempt down does.
  const owner = new pg.Client({ connectionString: office.casino.databaseUrl });
  await owner.connect();
  await owner.query("ALTER TABLE sign_in_attempts ADD CONSTRAINT no_more CHECK (id < 0) NOT VALID");
  const failed = await call("POST", "/v1/sessions", { email, password: "guess guess guess" });
  await owner.query("ALTER TABLE sign_in_attempts DROP CONSTRAINT no_more");
  await owner.end();
  expect(failed).toMatchObject({ code: "INTERNAL" });
  await engine.stop();
  const log = engine.log();
  expect(log).toContain("a request failed");
  const secrets = [
    ...Object.values(signedIn),
    ...Object.values(refreshed),
    token,
    email,
    goodPassword,
    "Quintessa",
    "Mill Lane",
    "guess guess",
  ].map(String);
  const ids = [signedIn["playerId"], signedIn["sessionId"]].map(String);
  for (const secret of secrets.filter((one) => !ids.includes(one))) expect(log).not.toContain(secret);
});
