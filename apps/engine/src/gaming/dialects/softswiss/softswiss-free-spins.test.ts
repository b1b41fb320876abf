import { describe, expect, test } from "vitest";
import type { FreeSpinsCall, FreeSpinsOrder } from "../kit/free-spins-wire.ts";
import { softswissFreeSpins } from "./softswiss-free-spins.ts";

const order: FreeSpinsOrder = {
  issueId: "frs_8",
  casinoId: "house",
  currency: "EUR",
  games: ["studio:wheel"],
  spins: 10,
  betLevel: 2,
  validUntil: new Date("2026-12-24T12:30:15.250Z"),
  player: { id: "p_1", nickname: "Nick", country: "MT", since: new Date("2026-01-02T03:04:05Z") },
};
const secret = Buffer.from("a shared secret");
const cancel: FreeSpinsCall = { do: "cancel", order };
const ask: FreeSpinsCall = { do: "ask", order };

describe("what is sent", () => {
  test("an issue has the fields of the public document", () => {
    const { path, body } = softswissFreeSpins.write({ do: "issue", order }, secret);
    expect(path).toBe("freespins/issue");
    expect(JSON.parse(body)).toEqual({
      casino_id: "house",
      issue_id: "frs_8",
      currency: "EUR",
      games: ["studio:wheel"],
      freespins_quantity: 10,
      bet_level: 2,
      valid_until: "2026-12-24T12:30:15Z",
      user: { id: "p_1", nickname: "Nick", country: "MT", registered_at: "2026-01-02" },
    });
  });
  test("the bet level is left to the provider where none is named", () => {
    const { body } = softswissFreeSpins.write({ do: "issue", order: { ...order, betLevel: null } }, secret);
    expect(JSON.parse(body)).not.toHaveProperty("bet_level");
  });
  test("it is signed over its bytes, as openssl signs them", () => {
    // printf '{"casino_id":"house","issue_id":"frs_8"}' | openssl dgst -sha256 -hmac 'a shared secret'
    const sent = softswissFreeSpins.write(cancel, secret);
    expect(sent.path).toBe("freespins/cancel");
    expect(sent.headers["x-request-sign"]).toBe("0cd92fb4e164dcb9cc300f1e1c8ed3fba1fc0ca19305cee7f0c6c9acbedb204e");
    expect(softswissFreeSpins.write(ask, secret)).toMatchObject({ path: "freespins/status", body: sent.body });
  });
});

describe("what is answered", () => {
  const read = (status: number, body: unknown, call: FreeSpinsCall = cancel) =>
    softswissFreeSpins.read(call, { status, text: typeof body === "string" ? body : JSON.stringify(body) });

  test("200 with nothing is done", () => {
    expect(read(200, "")).toEqual({ kind: "DONE" });
    expect(read(200, {})).toEqual({ kind: "DONE" });
  });
  test.each([
    [101, "PLAYER_INVALID"],
    [107, "GAME_NOT_AVAILABLE"],
    [110, "PLAYER_DISABLED"],
    [153, "COUNTRY_CLOSED"],
    [154, "CURRENCY_NOT_TAKEN"],
    [155, "REQUEST_NOT_TAKEN"],
    [400, "REQUEST_NOT_TAKEN"],
    [403, "SIGNATURE_NOT_TAKEN"],
    [405, "GAME_NOT_AVAILABLE"],
    [600, "NOT_SUPPORTED"],
    [601, "GAME_WITHOUT_FREE_SPINS"],
    [602, "NO_GAMES"],
    [603, "EXPIRY_INVALID"],
    [604, "OTHER"],
    [605, "STATE_CONFLICT"],
    [606, "NOT_SYNCED"],
    [607, "GAMES_OF_SEVERAL_STUDIOS"],
    [610, "ISSUE_INVALID"],
    [611, "EXPIRED"],
    [620, "NOT_CANCELLABLE"],
    [699, "OTHER"],
  ])("%i is %s, as a number or as text", (code, reason) => {
    const said = { kind: "REFUSED", reason, code: String(code), message: "No." };
    expect(read(400, { code, message: "No." })).toEqual(said);
    expect(read(412, { code: String(code), message: "No.", more: 1 })).toEqual(said);
  });
  test("404 knows of no such issue", () => {
    expect(read(404, { code: 404, message: "Not found." })).toEqual({ kind: "NOT_FOUND" });
  });
  test.each([500, 502, 503, 504])("%i is no answer, whatever stands in it", (status) => {
    expect(read(status, { code: status, message: "?" })).toMatchObject({ kind: "UNANSWERED" });
    expect(read(400, { code: status, message: "?" })).toMatchObject({ kind: "UNANSWERED" });
  });
  test("what is no refusal and no 200 is no answer", () => {
    expect(read(302, "")).toMatchObject({ kind: "UNANSWERED" });
    expect(read(404, "<html>")).toMatchObject({ kind: "UNANSWERED" });
  });
  test("how it stands is taken only of the issue that was asked about", () => {
    expect(read(200, { issue_id: "frs_8", status: "active", total_amount: 5 }, ask)).toEqual({
      kind: "STANDS",
      status: "active",
    });
    expect(read(200, { issue_id: "frs_9", status: "active" }, ask)).toMatchObject({ kind: "UNANSWERED" });
    expect(read(200, "", ask)).toMatchObject({ kind: "UNANSWERED" });
  });
});
