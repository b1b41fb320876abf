/** Registers of self-excluded people, against the simulated ones as a process of their own. */
import { listExclusions } from "@pitboss/db/compliance/exclusion-store";
import { listRegisterChecks } from "@pitboss/db/compliance/register-store";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  application,
  behindProxy,
  goodPassword,
  lastMail,
  visitor,
} from "../../identity/player-account/visitor.fixture.ts";
import { systemClock } from "../../kernel/context.ts";
import { liveGame, numberOf } from "../../testing/start-casino.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { type RunningVendor, runVendor } from "../simulators/run-compliance.fixture.ts";
import { readRegisters } from "./read-registers.ts";
import { runRegisterChecks } from "./run-register-checks.ts";

let office: Office;
let outside: RunningVendor;
let ips = 0;

beforeAll(async () => {
  office = await startOffice(behindProxy);
  outside = await runVendor(office.casino, behindProxy);
});
afterAll(async () => {
  await outside.stop();
  await office.close();
});

const britain = (firstName: string) => ({
  country: "GB",
  firstName,
  lastName: "Hale",
  birthDate: "1988-03-04",
  address: "1 Mill Lane, Leeds LS1 4AP",
});
const germany = (firstName: string) => ({ ...britain(firstName), country: "DE", lastName: "O'Brandt & Söhne" });
const inRegister = (register: string, person: ReturnType<typeof britain>, excluded = true) => {
  const { firstName, lastName, birthDate } = person;
  return outside.tellRegister({ register, firstName, lastName, birthDate, excluded });
};
const someone = () => visitor(office.casino, `203.0.113.${(ips += 1)}`);

async function join(person: ReturnType<typeof britain>) {
  const email = `${person.firstName.toLowerCase()}@join.test`;
  const who = someone();
  const asked = await who.call("POST", "/v1/players", { body: application(email, person) });
  const signIn = async () => who.call("POST", "/v1/sessions", { body: { email, password: goodPassword } });
  return { email, who, asked, signIn };
}

async function joined(person: ReturnType<typeof britain>) {
  const made = await join(person);
  expect(made.asked.status).toBe(202);
  const { token } = await lastMail(office.casino, made.email);
  await made.who.call("POST", "/v1/email-verifications/confirm", { body: { token } });
  const session = await made.signIn();
  expect(session.status).toBe(201);
  const playerId = String(session.body["playerId"]);
  await office.casino.db.execute(sql`UPDATE players SET kyc_level = 1 WHERE id = ${numberOf(playerId)}`);
  return { ...made, playerId, token: String(session.body["accessToken"]) };
}

const play = ({ playerId, who, token }: Awaited<ReturnType<typeof joined>>) =>
  who.call("POST", "/v1/game-sessions", { token, body: { playerId, gameId: liveGame, currency: "EUR" } });
const exclusionsOf = async (playerId: string) => listExclusions(office.casino.db, numberOf(playerId));
const checksOf = async (playerId: string) => listRegisterChecks(office.casino.db, numberOf(playerId), 50);
/** The job of the engine may look at the same players at any time; these are told apart by their occasions. */
const occasions = async (playerId: string) =>
  (await checksOf(playerId)).map(({ occasion, outcome }) => `${occasion} ${outcome}`);

test.each([
  ["gamstop", britain("Alma")],
  ["oasis", germany("Berta")],
])("nobody who is in %s opens an account, and the refusal is kept", async (register, person) => {
  await inRegister(register, person);
  const { asked } = await join(person);
  expect(asked.body["code"]).toBe("SELF_EXCLUDED");
  const { rows } = await office.casino.db.execute(
    sql`SELECT outcome, allowed, player_id FROM register_checks WHERE register = ${register} AND occasion = 'REGISTRATION'`,
  );
  expect(rows).toEqual([{ outcome: "EXCLUDED", allowed: false, player_id: null }]);
});

test.each([
  ["gamstop", britain("Cora")],
  ["oasis", germany("Dana")],
])("who enters %s later signs in, plays no more, and nobody here lifts it", async (register, person) => {
  const player = await joined(person);
  expect(await occasions(player.playerId)).toEqual(expect.arrayContaining(["REGISTRATION CLEAR", "SIGN_IN CLEAR"]));
  expect(await exclusionsOf(player.playerId)).toEqual([]);

  await inRegister(register, person);
  const again = await player.signIn();
  expect(again.status).toBe(201);
  expect(await exclusionsOf(player.playerId)).toMatchObject([{ kind: "REGISTER", state: "ACTIVE", endsAtMs: null }]);
  expect((await play(player)).body["code"]).toBe("SELF_EXCLUDED");
  const token = String(again.body["accessToken"]);
  const lift = await player.who.call("POST", "/v1/self-exclusion/reactivation", {
    token,
    body: { reason: "I changed my mind" },
  });
  expect(lift.body["code"]).toBe("EXCLUSION_RUNNING");
  await player.signIn();
  expect(await exclusionsOf(player.playerId)).toHaveLength(1);
});

test("while the register is down nobody of its jurisdiction comes in, and others do", async () => {
  const player = await joined(britain("Edith"));
  await outside.misbehaveRegisters({ fail: 1 });
  expect((await player.signIn()).body["code"]).toBe("REGISTER_UNAVAILABLE");
  expect((await join(britain("Fanny"))).asked.body["code"]).toBe("REGISTER_UNAVAILABLE");
  expect((await join({ ...britain("Greta"), country: "MT" })).asked.status).toBe(202);
  await outside.misbehaveRegisters({});
  expect((await player.signIn()).status).toBe(201);
  expect(await occasions(player.playerId)).toContain("SIGN_IN DOWN");
});

test("all players of a jurisdiction are asked about in one batch, once in the time that its pack says", async () => {
  const [clear, excluded] = [await joined(britain("Hilda")), await joined(britain("Ingrid"))];
  await inRegister("gamstop", britain("Ingrid"));
  const registers = await readRegisters(`${office.casino.dataDir}/exclusion-registers.json`, false);
  const inTwoDays = { now: () => systemClock.now() + 2 * 86_400_000 };
  await runRegisterChecks({ ...office.deps, registers, clock: inTwoDays });
  await vi.waitFor(async () => expect(await exclusionsOf(excluded.playerId)).toMatchObject([{ kind: "REGISTER" }]));
  expect(await exclusionsOf(clear.playerId)).toEqual([]);
  const before = await checksOf(clear.playerId);
  expect(before[0]).toMatchObject({ occasion: "BATCH", outcome: "CLEAR", allowed: true, pack: "UK" });
  await runRegisterChecks({ ...office.deps, registers, clock: inTwoDays });
  expect(await checksOf(clear.playerId)).toHaveLength(before.length);
});
