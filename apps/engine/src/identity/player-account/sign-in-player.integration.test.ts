import { sql } from "drizzle-orm";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../config.ts";
import { startEngine } from "../../engine.ts";
import { liveGame, numberOf } from "../../testing/start-casino.ts";
import { type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import type { From } from "../sign-in/from.ts";
import { createPlayerDeps } from "./player-deps.ts";
import { signInPlayer } from "./sign-in-player.ts";
import {
  application,
  behindProxy,
  goodPassword,
  joinCasino,
  lastMail,
  mailsTo,
  register,
  signIn,
  type Visitor,
  visitor,
} from "./visitor.fixture.ts";

let office: Office;
let support: SignedIn;
let compliance: SignedIn;
beforeAll(async () => {
  office = await startOffice(behindProxy);
  support = await office.signIn(office.people.support);
  compliance = await office.signIn(office.people.compliance);
});
afterAll(() => office.close());

const at = (ip: string): Visitor => visitor(office.casino, ip);
const join = (email: string, ip = "203.0.113.5") => joinCasino(office.casino, at(ip), email);
const reason = "The player asked about it";

async function codeOf(who: Visitor, method: string, path: string, token: string): Promise<unknown> {
  const answer = await who.call(method, path, { token });
  return answer.body["code"] ?? answer.status;
}

/** Until a token is refused; fails where that takes longer than the word about a revocation may take. */
async function refusedSoon(who: Visitor, token: string, path = "/v1/wallet"): Promise<unknown> {
  for (let tries = 0; tries < 250; tries += 1) {
    const code = await codeOf(who, "GET", path, token);
    if (code !== 200) return code;
    await sleep(20);
  }
  return "still good";
}

describe("signing in", () => {
  test("says the same of a wrong password and of an address that nobody has", async () => {
    await register(office.casino, at("203.0.113.5"), "same@example.test");
    const [wrong, nobody] = await Promise.all(
      ["same@example.test", "ghost@example.test"].map((email) =>
        at("203.0.113.6").call("POST", "/v1/sessions", { body: { email, password: "not this one at all" } }),
      ),
    );
    const { traceId: _ours, ...told } = wrong?.body ?? {};
    expect([wrong?.status, told]).toMatchObject([401, { code: "SIGN_IN_WRONG" }]);
    expect(nobody?.body).toMatchObject(told);
  });

  test("checks one password whatever there is to say, so that the time does not tell", async () => {
    await register(office.casino, at("203.0.113.5"), "time@example.test");
    const locked = await join("time-locked@example.test");
    await support.api.player.lock.mutate({ playerId: locked.playerId, reason });
    await at("203.0.113.5").call("POST", "/v1/players", { body: application("time-unproven@example.test") });
    const { passwords, ...rest } = createPlayerDeps(office.deps, undefined);
    let checks = 0;
    const matches: typeof passwords.matches = (...args) => {
      checks += 1;
      return passwords.matches(...args);
    };
    const from: From = { ip: "203.0.113.7", userAgent: "counter", traceId: "00000000-0000-0000-0000-000000000001" };
    const outcomes: Record<string, unknown> = {};
    for (const [email, password] of [
      ["time@example.test", goodPassword],
      ["time@example.test", "wrong wrong wrong"],
      ["time-ghost@example.test", goodPassword],
      ["time-unproven@example.test", goodPassword],
      ["time-locked@example.test", goodPassword],
      ["time-locked@example.test", "wrong wrong wrong"],
    ] as const) {
      checks = 0;
      const done = await signInPlayer({ ...rest, passwords: { ...passwords, matches } }, { email, password }, from);
      outcomes[`${email} ${password}`] = [done.ok ? "IN" : done.error.code, checks];
    }
    expect(Object.values(outcomes)).toEqual([
      ["IN", 1],
      ["SIGN_IN_WRONG", 1],
      ["SIGN_IN_WRONG", 1],
      ["SIGN_IN_WRONG", 1],
      ["ACCOUNT_LOCKED", 1],
      ["SIGN_IN_WRONG", 1],
    ]);
  });

  test("tells a mail about a device that was not seen before, and not about the first", async () => {
    const email = "devices@example.test";
    const { deviceToken } = await join(email);
    await signIn(at("203.0.113.5"), email, { deviceToken });
    await signIn(at("198.51.100.9"), email);
    expect((await lastMail(office.casino, email, 2)).subject).toBe("A new device signed in to your account");
    expect(await mailsTo(office.casino, email)).toHaveLength(2);
  });
});

describe("guesses", () => {
  const guess = (who: Visitor, email: string, deviceToken?: string) =>
    who.call("POST", "/v1/sessions", {
      body: { email, password: "guess guess guess", ...(deviceToken === undefined ? {} : { deviceToken }) },
    });
  async function guessUntilHeld(who: Visitor, email: string, deviceToken?: string): Promise<void> {
    for (let count = 0; count < 8; count += 1) {
      if ((await guess(who, email, deviceToken)).status === 429) return;
    }
    throw new Error("nobody was held back");
  }

  test("hold their own network back, and the owner neither at home nor, on a known device, in that very network", async () => {
    const email = "victim@example.test";
    const { deviceToken } = await join(email, "203.0.113.40");
    const guesser = at("198.51.100.66");
    await guessUntilHeld(guesser, email);
    const held = await guesser.call("POST", "/v1/sessions", { body: { email, password: goodPassword } });
    expect(held.body).toMatchObject({ code: "SIGN_IN_WAIT", retry: true });
    await signIn(at("203.0.113.40"), email);
    await signIn(guesser, email, { deviceToken });
  });

  test("from everywhere at once hold no known device back, and nobody for longer than half a minute", async () => {
    const email = "everywhere@example.test";
    const { deviceToken } = await join(email, "203.0.113.41");
    for (let count = 0; count < 60; count += 1) await guess(at(`198.18.${count}.1`), email);
    const stranger = await at("192.0.2.1").call("POST", "/v1/sessions", { body: { email, password: goodPassword } });
    expect(stranger.body).toMatchObject({ code: "SIGN_IN_WAIT" });
    expect((stranger.body["data"] as { waitSeconds: number }).waitSeconds).toBeLessThanOrEqual(30);
    await signIn(at("192.0.2.1"), email, { deviceToken });
    await signIn(at("203.0.113.41"), email);
  });

  test("on a known device use that device's own allowance up, and nobody else's", async () => {
    const email = "own-allowance@example.test";
    const { deviceToken } = await join(email, "203.0.113.42");
    await guessUntilHeld(at("203.0.113.42"), email, deviceToken);
    const held = await at("192.0.2.77").call("POST", "/v1/sessions", {
      body: { email, password: goodPassword, deviceToken },
    });
    expect(held.body).toMatchObject({ code: "SIGN_IN_WAIT" });
    await signIn(at("203.0.113.42"), email);
  });

  test("gain nothing from a device of another account", async () => {
    const attacker = await join("attacker@example.test", "198.51.100.70");
    await register(office.casino, at("203.0.113.43"), "prey@example.test");
    await guessUntilHeld(at("198.51.100.70"), "prey@example.test", attacker.deviceToken);
    expect((await guess(at("198.51.100.70"), "prey@example.test")).status).toBe(429);
  });

  test("are written down, with where they came from, and staff see them beside sessions and devices", async () => {
    const email = "watched@example.test";
    const { playerId, sessionId } = await join(email, "203.0.113.44");
    await guess(at("198.51.100.80"), email);
    const access = await support.api.player.access.query({ playerId });
    expect(access.sessions).toMatchObject([
      { sessionId, state: "LIVE", ip: "203.0.113.44", userAgent: "test browser" },
    ]);
    expect(access.devices).toMatchObject([{ ip: "203.0.113.44", userAgent: "test browser" }]);
    expect(access.signIns).toMatchObject([
      { ip: "198.51.100.80", outcome: "WRONG" },
      { ip: "203.0.113.44", outcome: "SIGNED_IN" },
    ]);
    const found = await support.api.player.list.query({ ip: "203.0.113.44" });
    expect(found.rows.map((row) => row.playerId)).toEqual([playerId]);
  });
});

describe("staff", () => {
  test("find who registers, by name and address, before and after the address is proven", async () => {
    const email = "Found@example.test";
    const body = application(email, { firstName: "Zephyrine", lastName: "Oakheart" });
    await at("203.0.113.50").call("POST", "/v1/players", { body });
    const before = await support.api.player.list.query({ email });
    expect(before.rows).toMatchObject([{ emailVerified: false, country: "MT" }]);
    const { token } = await lastMail(office.casino, email);
    await at("203.0.113.50").call("POST", "/v1/email-verifications/confirm", { body: { token } });
    const after = await support.api.player.list.query({ email: "found@EXAMPLE.test" });
    expect(after.rows).toMatchObject([{ emailVerified: true }]);
    expect((await support.api.player.list.query({ name: "oakheart zephyrine" })).rows).toEqual(after.rows);
    const playerId = after.rows[0]?.playerId ?? "";
    const audit = await compliance.api.audit.list.query({ subjectId: playerId });
    expect(audit.rows.map(({ action, actor }) => [action, actor.kind, actor.id])).toEqual([
      ["player.verify-email", "player", playerId],
      ["player.register", "player", playerId],
    ]);
    expect(JSON.stringify(audit)).not.toMatch(/found@|zephyrine|oakheart/i);
  });

  test("lock a player: tokens and games end within seconds, and signing in says so to whoever knows the password", async () => {
    const email = "locked@example.test";
    const who = at("203.0.113.51");
    const { playerId, accessToken: token, refreshToken } = await join(email, who.ip);
    const game = await who.call("POST", "/v1/game-sessions", {
      token,
      body: { playerId, gameId: liveGame, currency: "EUR" },
    });
    const gameToken = String(game.body["token"]);
    expect([await codeOf(who, "GET", "/v1/wallet", token), await codeOf(who, "GET", "/v1/wallet", gameToken)]).toEqual([
      200, 200,
    ]);
    await support.api.player.lock.mutate({ playerId, reason });
    expect(await refusedSoon(who, token)).toBe("SESSION_ENDED");
    expect(await refusedSoon(who, gameToken)).toBe("TOKEN_INVALID");
    const refreshed = await who.call("POST", "/v1/tokens/refresh", { body: { refreshToken } });
    expect([refreshed.status, refreshed.body["code"]]).toEqual([401, "SESSION_ENDED"]);
    const right = await who.call("POST", "/v1/sessions", { body: { email, password: goodPassword } });
    expect([right.status, right.body["code"]]).toEqual([403, "ACCOUNT_LOCKED"]);
    const wrong = await who.call("POST", "/v1/sessions", { body: { email, password: "not this one at all" } });
    expect(wrong.body["code"]).toBe("SIGN_IN_WRONG");
    await compliance.api.player.unlock.mutate({ playerId, reason });
    await signIn(who, email);
    await office.casino.db.execute(sql`UPDATE players SET status = 3 WHERE id = ${numberOf(playerId)}`);
    const closed = await who.call("POST", "/v1/sessions", { body: { email, password: goodPassword } });
    expect([closed.status, closed.body["code"]]).toEqual([403, "ACCOUNT_CLOSED"]);
    const outcomes = (await support.api.player.access.query({ playerId })).signIns.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["CLOSED", "SIGNED_IN", "WRONG", "LOCKED", "SIGNED_IN"]);
  });

  test("that lock without signing out leave the session to look on, without new tokens", async () => {
    const who = at("203.0.113.52");
    const { playerId, accessToken: token, refreshToken } = await join("looks-on@example.test", who.ip);
    await support.api.player.lock.mutate({ playerId, reason, signOut: false });
    await sleep(1_500);
    expect(await codeOf(who, "GET", "/v1/wallet", token)).toBe(200);
    const refreshed = await who.call("POST", "/v1/tokens/refresh", { body: { refreshToken } });
    expect([refreshed.status, refreshed.body["code"]]).toEqual([403, "ACCOUNT_LOCKED"]);
  });

  test("end one session, on every engine, and leave the others", async () => {
    const who = at("203.0.113.53");
    const email = "two-engines@example.test";
    const here = await join(email, who.ip);
    const there = await signIn(who, email);
    const settings = { NODE_ENV: "test", LOG_LEVEL: "silent", ENGINE_PORT: "0", LANES: "1" };
    const second = await startEngine(
      readConfig({ ...settings, DATABASE_URL: office.casino.databaseUrl, PITBOSS_DATA_DIR: office.casino.dataDir }),
    );
    const ask = async (token: string): Promise<number> =>
      (await fetch(`${second.url}/v1/wallet`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await ask(here.accessToken), await ask(there.accessToken)]).toEqual([200, 200]);
    await support.api.player.signOut.mutate({ playerId: here.playerId, sessionId: there.sessionId, reason });
    expect(await refusedSoon(who, there.accessToken)).toBe("SESSION_ENDED");
    let status = 200;
    for (let tries = 0; tries < 250 && status === 200; tries += 1) {
      status = await ask(there.accessToken);
      await sleep(20);
    }
    expect(status).toBe(401);
    expect([await ask(here.accessToken), await codeOf(who, "GET", "/v1/wallet", here.accessToken)]).toEqual([200, 200]);
    await second.stop();
  });
});

describe("a player's own sessions", () => {
  test("are listed with where they are used, and end one by one with the games that were opened from them", async () => {
    const who = at("203.0.113.60");
    const email = "sessions@example.test";
    const first = await join(email, who.ip);
    const second = await signIn(at("198.51.100.60"), email);
    const listed = await who.call("GET", "/v1/sessions", { token: first.accessToken });
    expect(listed.body).toMatchObject({
      sessions: [
        { sessionId: second.sessionId, current: false, ip: "198.51.100.60", userAgent: "test browser" },
        { sessionId: first.sessionId, current: true, ip: "203.0.113.60" },
      ],
    });
    const games = await Promise.all(
      [first, second].map(({ accessToken: token, playerId }) =>
        who.call("POST", "/v1/game-sessions", { token, body: { playerId, gameId: liveGame, currency: "EUR" } }),
      ),
    );
    const [kept = "", ended = ""] = games.map(({ body }) => String(body["token"]));
    const end = (id: string, token: string) => who.call("DELETE", `/v1/sessions/${id}`, { token });
    expect((await end(second.sessionId, first.accessToken)).status).toBe(204);
    expect(await codeOf(who, "GET", "/v1/sessions", second.accessToken)).toBe("SESSION_ENDED");
    expect(await codeOf(who, "GET", "/v1/wallet", ended)).toBe("TOKEN_INVALID");
    expect(await codeOf(who, "GET", "/v1/wallet", kept)).toBe(200);
    expect((await end(second.sessionId, first.accessToken)).body["code"]).toBe("SESSION_NOT_FOUND");
    const foreign = await join("sessions-of-another@example.test");
    expect((await end(foreign.sessionId, first.accessToken)).body["code"]).toBe("SESSION_NOT_FOUND");
    expect((await end("ps_!", first.accessToken)).body["code"]).toBe("SESSION_NOT_FOUND");
    expect((await end("current", first.accessToken)).status).toBe(204);
    expect(await codeOf(who, "GET", "/v1/sessions", first.accessToken)).toBe("SESSION_ENDED");
    const opened = await who.call("POST", "/v1/game-sessions", {
      token: first.accessToken,
      body: { playerId: first.playerId, gameId: liveGame, currency: "EUR" },
    });
    expect(opened.status).toBe(401);
  });

  test("end all at once, here as well or everywhere else", async () => {
    const who = at("203.0.113.61");
    const email = "everywhere-out@example.test";
    const sessions = [await join(email, who.ip), await signIn(who, email), await signIn(who, email)];
    const [here, ...others] = sessions.map(({ accessToken }) => accessToken);
    const token = here ?? "";
    const elsewhere = await who.call("DELETE", "/v1/sessions?keepThis=true", { token });
    expect([elsewhere.status, elsewhere.body]).toEqual([200, { ended: 2 }]);
    for (const other of others) expect(await codeOf(who, "GET", "/v1/wallet", other)).toBe("SESSION_ENDED");
    expect(await codeOf(who, "GET", "/v1/wallet", token)).toBe(200);
    expect((await who.call("DELETE", "/v1/sessions", { token })).body).toEqual({ ended: 1 });
    expect(await codeOf(who, "GET", "/v1/wallet", token)).toBe("SESSION_ENDED");
  });

  test("are of devices that can be forgotten, with what was signed in from them", async () => {
    const who = at("203.0.113.62");
    const email = "forgets@example.test";
    const phone = await join(email, who.ip);
    const laptop = await signIn(visitor(office.casino, "203.0.113.62", "laptop"), email);
    const again = await signIn(who, email, { deviceToken: phone.deviceToken });
    expect(again.deviceToken).toBe(phone.deviceToken);
    const { body } = await who.call("GET", "/v1/devices", { token: laptop.accessToken });
    const devices = body["devices"] as { deviceId: string; current: boolean; userAgent: string }[];
    expect(devices.map(({ current, userAgent }) => [current, userAgent])).toEqual([
      [true, "laptop"],
      [false, "test browser"],
    ]);
    const forget = (id: string) => who.call("DELETE", `/v1/devices/${id}`, { token: laptop.accessToken });
    const id = devices[1]?.deviceId ?? "";
    expect((await forget(id)).status).toBe(204);
    for (const { accessToken } of [phone, again]) {
      expect(await codeOf(who, "GET", "/v1/wallet", accessToken)).toBe("SESSION_ENDED");
    }
    expect((await forget(id)).body["code"]).toBe("RECORD_NOT_FOUND");
    expect((await forget("kd_!")).body["code"]).toBe("RECORD_NOT_FOUND");
    const strange = await signIn(who, email, { deviceToken: phone.deviceToken });
    expect(strange.deviceToken).not.toBe(phone.deviceToken);
  });
});
