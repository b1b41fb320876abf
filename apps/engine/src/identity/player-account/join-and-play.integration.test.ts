/** From an address that nobody knows to a bet, over HTTP alone. */
import { randomUUID } from "node:crypto";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Casino, liveGame, minor, numberOf, startCasino } from "../../testing/start-casino.ts";
import {
  application,
  behindProxy,
  goodPassword,
  joinCasino,
  lastMail,
  mailsTo,
  register,
  signIn,
  visitor,
} from "./visitor.fixture.ts";

let casino: Casino;
beforeAll(async () => {
  casino = await startCasino(behindProxy);
});
afterAll(() => casino.close());

describe("a player", () => {
  test("registers, proves the address, signs in, and plays with the token", async () => {
    const who = visitor(casino, "203.0.113.1");
    const email = "plays@example.test";
    const asked = await who.call("POST", "/v1/players", { body: application(email, { nickname: "ada" }) });
    expect([asked.status, asked.body]).toEqual([202, { next: "CHECK_MAIL" }]);
    const early = await who.call("POST", "/v1/sessions", { body: { email, password: goodPassword } });
    expect([early.status, early.body["code"]]).toEqual([401, "SIGN_IN_WRONG"]);

    const mail = await lastMail(casino, email);
    expect(mail.text).toContain("for G••• Q•••, born 1990");
    expect(mail.text).not.toMatch(/grace|quill|ada/i);
    const body = { token: mail.token };
    expect((await who.call("POST", "/v1/email-verifications/confirm", { body })).status).toBe(204);
    const again = await who.call("POST", "/v1/email-verifications/confirm", { body });
    expect([again.status, again.body["code"]]).toEqual([422, "LINK_INVALID"]);

    const { playerId, accessToken: token } = await signIn(who, email);
    await casino.move({
      type: "DEPOSIT",
      playerId: numberOf(playerId),
      currency: "EUR",
      amount: minor("20.00", "EUR"),
      psp: "test-card",
    });
    const game = { playerId, gameId: liveGame, currency: "EUR" };
    const session = await who.call("POST", "/v1/game-sessions", { token, body: game });
    expect(session.status).toBe(201);
    for (const bearer of [token, String(session.body["token"])]) {
      const placed = await who.call("POST", "/v1/bets/place", { token: bearer, body: bet(playerId) });
      expect(placed.body).toMatchObject({ status: "ACCEPTED" });
    }
    const wallet = await who.call("GET", "/v1/wallet", { token });
    expect(JSON.stringify(wallet.body)).toContain("18.00");
    const other = await casino.openPlayer();
    const foreign = await who.call("POST", "/v1/bets/place", { token, body: bet(other.playerId) });
    expect([foreign.status, foreign.body["code"]]).toEqual([403, "NOT_ALLOWED"]);
  });

  test("sees the own profile, and a game session's token does not", async () => {
    const who = visitor(casino, "203.0.113.2");
    const { playerId, accessToken: token } = await joinCasino(casino, who, "profile@example.test");
    const profile = await who.call("GET", "/v1/players/me", { token });
    expect(profile.headers.get("cache-control")).toBe("no-store");
    expect(profile.body).toMatchObject({
      playerId,
      status: "ACTIVE",
      country: "MT",
      email: "profile@example.test",
      firstName: "Grace",
      birthDate: "1990-04-05",
      phone: null,
      nickname: expect.stringMatching(/^player-[0-9a-f]{8}$/) as string,
      emailVerifiedAt: expect.any(String) as string,
    });
    const body = { playerId, gameId: liveGame, currency: "EUR" };
    const game = await who.call("POST", "/v1/game-sessions", { token, body });
    for (const path of ["/v1/players/me", "/v1/sessions", "/v1/devices"]) {
      const refused = await who.call("GET", path, { token: String(game.body["token"]) });
      expect([path, refused.status, refused.body["code"]]).toEqual([path, 403, "NOT_ALLOWED"]);
    }
    const vouched = await casino.openPlayer();
    const own = await who.call("GET", "/v1/players/me", { token: vouched.token });
    expect(own.body).toMatchObject({ playerId: vouched.playerId, nickname: "ada", email: null });
    expect((await who.call("GET", "/v1/sessions", { token: vouched.token })).body).toEqual({ sessions: [] });
    const change = { currentPassword: goodPassword, newPassword: "another kettle entirely" };
    const none = await who.call("PUT", "/v1/players/me/password", { token: vouched.token, body: change });
    expect([none.status, none.body["code"]]).toEqual([403, "NOT_ALLOWED"]);
  });

  test("has a token that anybody checks with the published keys, and that says nothing personal", async () => {
    const who = visitor(casino, "203.0.113.3");
    const { playerId, sessionId, accessToken } = await joinCasino(casino, who, "jwks@example.test");
    const keys = createRemoteJWKSet(new URL(`${casino.url()}/.well-known/jwks.json`));
    const { payload, protectedHeader } = await jwtVerify(accessToken, keys, { issuer: "pitboss", audience: "player" });
    expect(protectedHeader).toEqual({ alg: "EdDSA", kid: expect.stringMatching(/^player-/) as string, typ: "at+jwt" });
    expect(Object.keys(payload).sort()).toEqual(["aud", "exp", "iat", "iss", "sid", "sub"]);
    expect(payload).toMatchObject({ sub: playerId, sid: sessionId });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    const published = await who.call("GET", "/.well-known/jwks.json");
    expect(JSON.stringify(published.body)).not.toContain('"d"');
    expect(JSON.stringify(published.body)).toContain(decodeProtectedHeader(accessToken).kid);
  });
});

describe("a registration", () => {
  const who = () => visitor(casino, "203.0.113.10");

  test("answers the same where the address has an account, whose owner learns of it", async () => {
    await register(casino, who(), "taken@example.test");
    const again = await who().call("POST", "/v1/players", {
      body: application("Taken@Example.test", { firstName: "Mallory", password: "other words entirely here" }),
    });
    expect([again.status, again.body]).toEqual([202, { next: "CHECK_MAIL" }]);
    const mails = await mailsTo(casino, "taken@example.test", 2);
    expect(mails.at(-1)).toMatchObject({ subject: "You have an account already", token: "" });
    expect(mails.at(-1)?.text).not.toContain("Mallory");
    const other = { email: "taken@example.test", password: "other words entirely here" };
    expect((await who().call("POST", "/v1/sessions", { body: other })).body["code"]).toBe("SIGN_IN_WRONG");
    await signIn(who(), "taken@example.test");
  });

  test("that somebody else made with one's address does not stand in the way of one's own", async () => {
    const email = "hijack@example.test";
    await who().call("POST", "/v1/players", { body: application(email, { password: "attacker words here now" }) });
    await lastMail(casino, email);
    await who().call("POST", "/v1/players", { body: application(email) });
    const [first, second] = await mailsTo(casino, email, 2);
    const confirm = (token = "") => who().call("POST", "/v1/email-verifications/confirm", { body: { token } });
    expect((await confirm(second?.token)).status).toBe(204);
    expect((await confirm(first?.token)).body["code"]).toBe("LINK_INVALID");
    await signIn(who(), email);
    const attacker = { email, password: "attacker words here now" };
    expect((await who().call("POST", "/v1/sessions", { body: attacker })).body["code"]).toBe("SIGN_IN_WRONG");
  });

  test("of which two are proven in the same moment gives the address to one of them", async () => {
    const email = "race@example.test";
    await who().call("POST", "/v1/players", { body: application(email) });
    await who().call("POST", "/v1/players", { body: application(email) });
    const mails = await mailsTo(casino, email, 2);
    const answers = await Promise.all(
      mails.map(({ token }) => who().call("POST", "/v1/email-verifications/confirm", { body: { token } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
  });

  test.each([
    ["from a country that is not served", { country: "US" }, 422, "COUNTRY_CLOSED"],
    ["of somebody too young", { birthDate: "2012-01-01" }, 422, "AGE_TOO_LOW"],
    ["of somebody too young for the country", { birthDate: yearsAgo(19), country: "EE" }, 422, "AGE_TOO_LOW"],
    ["with a password that is tried first", { password: "password12345" }, 422, "PASSWORD_WEAK"],
    ["with the own name as the password", { password: "grace-quill-grace" }, 422, "PASSWORD_WEAK"],
    ["with no date", { birthDate: "1990-02-31" }, 400, "REQUEST_INVALID"],
    ["of somebody who is not born", { birthDate: "2190-02-01" }, 400, "REQUEST_INVALID"],
    ["with no address", { email: "ada" }, 400, "REQUEST_INVALID"],
    ["with a field that nobody knows", { isAdmin: true }, 400, "REQUEST_INVALID"],
  ])("%s is refused", async (_what, fields, status, code) => {
    const refused = await who().call("POST", "/v1/players", { body: application("no@example.test", fields) });
    expect([refused.status, refused.body["code"]]).toEqual([status, code]);
  });

  test("names the field that is wrong", async () => {
    const refused = await who().call("POST", "/v1/players", {
      body: application("no@example.test", { country: "mt" }),
    });
    expect(refused.body["detail"]).toMatch(/^country: /);
  });

  test("is not what an operator's key is for, and making a player by name takes one", async () => {
    const byKey = await who().call("POST", "/v1/players", {
      token: casino.operatorKey,
      body: application("no@example.test"),
    });
    expect([byKey.status, byKey.body["code"]]).toEqual([400, "REQUEST_INVALID"]);
    const byNobody = await who().call("POST", "/v1/players", { body: { nickname: "ada", country: "MT" } });
    expect([byNobody.status, byNobody.body["code"]]).toEqual([401, "TOKEN_MISSING"]);
    const badToken = await who().call("POST", "/v1/players", {
      token: "x".repeat(40),
      body: application("no@example.test"),
    });
    expect([badToken.status, badToken.body["code"]]).toEqual([401, "TOKEN_INVALID"]);
  });

  test("slows down where many come from one address", async () => {
    const crowd = visitor(casino, "203.0.113.66");
    const answers = await Promise.all(
      Array.from({ length: 22 }, (_, index) =>
        crowd.call("POST", "/v1/players", { body: application(`crowd${index}@example.test`) }),
      ),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(21);
    const last = answers.find(({ status }) => status !== 202);
    expect(last?.body).toMatchObject({ code: "SIGN_IN_WAIT", data: { waitSeconds: expect.any(Number) as number } });
  });
});

describe("the mail that proves an address", () => {
  test("is sent again, for who waits and for who has proven it, with one answer for all", async () => {
    const who = visitor(casino, "203.0.113.20");
    await who.call("POST", "/v1/players", { body: application("waits@example.test") });
    const [first] = await mailsTo(casino, "waits@example.test");
    for (const email of ["waits@example.test", "plays@example.test", "nobody@example.test"]) {
      const sent = await who.call("POST", "/v1/email-verifications", { body: { email } });
      expect([sent.status, sent.body]).toEqual([202, { next: "CHECK_MAIL" }]);
    }
    const [, second] = await mailsTo(casino, "waits@example.test", 2);
    expect((await mailsTo(casino, "plays@example.test", 2)).at(-1)?.subject).toBe("You have an account already");
    // The earlier one is still good, until one of them is used.
    const confirm = (token = "") => who.call("POST", "/v1/email-verifications/confirm", { body: { token } });
    expect((await confirm(first?.token)).status).toBe(204);
    expect((await confirm(second?.token)).body["code"]).toBe("LINK_INVALID");
  });

  test("is sent only so often, whether anybody has the address or not", async () => {
    for (const email of ["patience@example.test", "ghost@example.test"]) {
      if (email.startsWith("patience")) await register(casino, visitor(casino, "203.0.113.21"), email);
      const codes: unknown[] = [];
      for (let count = 0; count < 6; count += 1) {
        const who = visitor(casino, `203.0.113.${100 + count}`);
        const asked = await who.call("POST", "/v1/email-verifications", { body: { email } });
        codes.push(asked.body["next"] ?? asked.body["code"]);
      }
      expect(codes).toEqual([...Array.from({ length: 5 }, () => "CHECK_MAIL"), "SIGN_IN_WAIT"]);
    }
  });
});

function bet(playerId: string) {
  return {
    requestId: randomUUID(),
    playerId,
    roundId: `R-${randomUUID()}`,
    gameId: liveGame,
    selection: [{ market: "straight", value: "17" }],
    stake: { amount: "1.00", currency: "EUR" },
  };
}

function yearsAgo(years: number): string {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() - years);
  return date.toISOString().slice(0, 10);
}
