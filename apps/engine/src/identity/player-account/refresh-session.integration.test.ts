import { parseId } from "@pitboss/domain/kernel/public-id";
import { sql } from "drizzle-orm";
import { createRemoteJWKSet, decodeProtectedHeader, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { createAccessTokens } from "../keys/access-tokens.ts";
import { createSigningRing } from "../keys/signing-ring.ts";
import { runUpkeep } from "../keys/upkeep.ts";
import { behindProxy, joinCasino, lastMail, type SignedInVisitor, visitor } from "./visitor.fixture.ts";

let office: Office;
let compliance: SignedIn;
beforeAll(async () => {
  office = await startOffice(behindProxy);
  compliance = await office.signIn(office.people.compliance);
});
afterAll(() => office.close());

const who = () => visitor(office.casino, "203.0.113.5");
const refresh = (refreshToken: unknown) => who().call("POST", "/v1/tokens/refresh", { body: { refreshToken } });
const wallet = async (token: unknown) => (await who().call("GET", "/v1/wallet", { token: String(token) })).status;
const sessionNumber = ({ sessionId }: SignedInVisitor): bigint => parseId("playerSession", sessionId) ?? 0n;

async function age(session: SignedInVisitor, statement: string): Promise<void> {
  await office.casino.db.execute(sql.raw(statement.replaceAll("$id", String(sessionNumber(session)))));
}

describe("a refresh token", () => {
  test("gives the next pair, again and again", async () => {
    const joined = await joinCasino(office.casino, who(), "next@example.test");
    let token: unknown = joined.refreshToken;
    const seen = new Set<unknown>([token]);
    for (let count = 0; count < 3; count += 1) {
      const next = await refresh(token);
      expect(next.status).toBe(200);
      expect(next.headers.get("cache-control")).toBe("no-store");
      expect(await wallet(next.body["accessToken"])).toBe(200);
      token = next.body["refreshToken"];
      seen.add(token);
    }
    expect(seen.size).toBe(4);
  });

  test("that is sent many times at once gives all of them the same next one, and the session lives", async () => {
    const { refreshToken } = await joinCasino(office.casino, who(), "at-once@example.test");
    const answers = await Promise.all(Array.from({ length: 12 }, () => refresh(refreshToken)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const nexts = new Set(answers.map(({ body }) => body["refreshToken"]));
    expect(nexts.size).toBe(1);
    expect((await refresh([...nexts][0])).status).toBe(200);
  });

  test("that comes again after its next one was used ends the session, and the player and staff learn of it", async () => {
    const email = "stolen@example.test";
    const { playerId, refreshToken, accessToken } = await joinCasino(office.casino, who(), email);
    const second = (await refresh(refreshToken)).body["refreshToken"];
    const third = (await refresh(second)).body;
    const reused = await refresh(refreshToken);
    expect([reused.status, reused.body["code"], reused.body["detail"]]).toEqual([
      401,
      "SESSION_ENDED",
      "This token was used before, so its session was ended; sign in again.",
    ]);
    // The thief's newest token is worth as little as the victim's.
    expect((await refresh(third["refreshToken"])).body["code"]).toBe("SESSION_ENDED");
    for (const token of [accessToken, third["accessToken"]]) {
      await expect.poll(() => wallet(token), { timeout: 5_000 }).toBe(401);
    }
    expect((await lastMail(office.casino, email, 2)).subject).toBe("We ended one of your sessions");
    const audit = await compliance.api.audit.list.query({ subjectId: playerId, action: "player.end-stolen-session" });
    expect(audit.rows).toMatchObject([{ actor: { kind: "system" }, reason: "A refresh token came a second time" }]);
    const access = await compliance.api.player.access.query({ playerId });
    expect(access.sessions[0]).toMatchObject({ state: "REVOKED", revokedFor: "REFRESH_REUSED" });
    expect(access.signIns[0]).toMatchObject({ outcome: "REFRESH_REUSED", ip: "203.0.113.5" });
  });

  test("that comes again after ten seconds ends the session, used next one or not", async () => {
    const joined = await joinCasino(office.casino, who(), "late@example.test");
    const next = await refresh(joined.refreshToken);
    await age(
      joined,
      "UPDATE player_refresh_tokens SET used_at = used_at - interval '11 seconds' WHERE session_id = $id AND used_at IS NOT NULL",
    );
    expect((await refresh(joined.refreshToken)).body["code"]).toBe("SESSION_ENDED");
    expect((await refresh(next.body["refreshToken"])).body["code"]).toBe("SESSION_ENDED");
  });

  test("is worth nothing when it ran out, when the session idled or reached its longest time, or was never given", async () => {
    const over: Record<string, string> = {
      "ran-out": "UPDATE player_refresh_tokens SET expires_at = now() - interval '1 second' WHERE session_id = $id",
      idled: "UPDATE player_sessions SET last_seen_at = now() - interval '15 days' WHERE id = $id",
      "longest-time": "UPDATE player_sessions SET created_at = now() - interval '91 days' WHERE id = $id",
    };
    for (const [name, statement] of Object.entries(over)) {
      const joined = await joinCasino(office.casino, who(), `${name}@example.test`);
      await age(joined, statement);
      expect([name, (await refresh(joined.refreshToken)).body["code"]]).toEqual([name, "SESSION_ENDED"]);
    }
    expect((await refresh("prt_neverneverneverneverneverneverever")).body["code"]).toBe("TOKEN_INVALID");
    expect((await refresh("short")).body["code"]).toBe("REQUEST_INVALID");
  });

  test("lies in the database as a hash alone, and old ones go", async () => {
    const joined = await joinCasino(office.casino, who(), "hashed@example.test");
    const next = await refresh(joined.refreshToken);
    const { rows } = await office.casino.db.execute<{ text: string }>(
      sql`SELECT (SELECT string_agg(t::text, ' ') FROM player_refresh_tokens t) || (SELECT string_agg(d::text, ' ') FROM known_devices d) AS text`,
    );
    for (const secret of [joined.refreshToken, next.body["refreshToken"], joined.deviceToken]) {
      const bytes = Buffer.from(String(secret).slice(4), "base64url").toString("hex");
      expect(rows[0]?.text).not.toContain(String(secret));
      expect(rows[0]?.text).not.toContain(bytes);
    }
    await age(
      joined,
      "UPDATE player_refresh_tokens SET used_at = now() - interval '3 days' WHERE session_id = $id AND used_at IS NOT NULL",
    );
    await runUpkeep(office.deps);
    // What is gone is not known as stolen any more, so that it ends nothing.
    expect((await refresh(joined.refreshToken)).body["code"]).toBe("TOKEN_INVALID");
    expect((await refresh(next.body["refreshToken"])).status).toBe(200);
  });
});

describe("an access token", () => {
  test("that was bent, signed by somebody else or by nobody, or is staff's, opens nothing", async () => {
    const { accessToken, playerId, sessionId } = await joinCasino(office.casino, who(), "bent@example.test");
    const [head = "", body = "", signature = ""] = accessToken.split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const other = await generateKeyPair("EdDSA");
    const { kid = "" } = decodeProtectedHeader(accessToken);
    const forged = await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: "EdDSA", kid, typ: "at+jwt" })
      .setIssuer("pitboss")
      .setAudience("player")
      .setSubject(playerId)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(other.privateKey);
    const unsigned = new UnsecuredJWT({ sid: sessionId }).setSubject(playerId).setExpirationTime("5m").encode();
    const staff = await office.signIn(office.people.support);
    const bent = [
      [head, encode({ ...claims, sub: "p_1" }), signature].join("."),
      [head, encode({ ...claims, exp: 99_999_999_999 }), signature].join("."),
      [head, body, signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`].join("."),
      [encode({ alg: "none" }), body, ""].join("."),
      forged,
      unsigned,
      staff.token,
      `${accessToken}.x`,
      "..................",
    ];
    for (const token of bent) expect([token, await wallet(token)]).toEqual([token, 401]);
    expect(await failureOf(office.client(accessToken).account.me.query())).toMatchObject({ code: "TOKEN_INVALID" });
    expect(await wallet(accessToken)).toBe(200);
  });

  test("names a session of its own player", async () => {
    const [one, two] = [
      await joinCasino(office.casino, who(), "one@example.test"),
      await joinCasino(office.casino, who(), "two@example.test"),
    ];
    const { token: mixed } = await office.deps.tokens.issue("PLAYER", one.playerId, { sid: two.sessionId });
    const { token: without } = await office.deps.tokens.issue("PLAYER", one.playerId, {});
    const { token: none } = await office.deps.tokens.issue("PLAYER", one.playerId, { sid: "ps_zzzzzz" });
    for (const token of [mixed, without, none]) expect(await wallet(token)).toBe(401);
  });

  test("is signed by the next key from two minutes after a rotation on, and the old key verifies what it signed", async () => {
    let now = Date.now();
    const clock = { now: () => now };
    const ring = createSigningRing(office.casino.db, office.deps.keys, clock);
    const tokens = createAccessTokens(ring, clock);
    const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? "";
    const kids = async () => (await ring.jwks("PLAYER")).keys.map(({ kid }) => kid);
    const old = await tokens.issue("PLAYER", "p_1", { sid: "ps_1" });
    const admin = await office.signIn(office.people.admin);
    const { kid: next } = await admin.api.key.rotateSigning.mutate({
      purpose: "PLAYER",
      reason: "The weekly rotation",
    });
    // The engine made the key by its own clock, some time after this test began.
    now = Date.now() + 60_000;
    // Published, so that every verifier has it before it signs.
    expect(await kids()).toEqual([kidOf(old.token), next]);
    const last = await tokens.issue("PLAYER", "p_1", { sid: "ps_1" });
    expect(kidOf(last.token)).toBe(kidOf(old.token));
    const published = createRemoteJWKSet(new URL(`${office.casino.url()}/.well-known/jwks.json`));
    await jwtVerify(last.token, published, { audience: "player", currentDate: new Date(now) });
    now += 61_000;
    const fresh = await tokens.issue("PLAYER", "p_1", { sid: "ps_1" });
    expect(kidOf(fresh.token)).toBe(next);
    for (const { token } of [last, fresh]) expect((await tokens.verify("PLAYER", token)).ok).toBe(true);
    now += 4 * 60_000 + 2_000;
    expect((await tokens.verify("PLAYER", last.token)).ok).toBe(false);
    expect(await kids()).toEqual([kidOf(old.token), next]);
    now += 3 * 60_000;
    expect(await kids()).toEqual([next]);
  });
});
