/** The staff of a test casino: one person for each role and more, and their ways in, exactly as console and CLI use them. */
import { randomBytes } from "node:crypto";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import { type Role, roles } from "@pitboss/domain/identity/roles";
import { totpCode, totpStepAt } from "@pitboss/domain/identity/totp";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { sql } from "drizzle-orm";
import { readConfig } from "../config.ts";
import type { AppRouter } from "../edge/trpc/app-router.ts";
import type { FailureShape } from "../edge/trpc/failure.ts";
import { createStaffDeps } from "../identity/open-people.ts";
import { openHouse } from "../identity/staff/open-house.ts";
import type { StaffDeps } from "../identity/staff-deps.ts";
import { systemClock } from "../kernel/context.ts";
import { createLog } from "../kernel/log.ts";
import { type Answer, type Casino, startCasino } from "./start-casino.ts";

export const testPassword = "violet kettle orbit lantern";

export interface Person {
  readonly staffId: bigint;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly totpSecret: Buffer;
}

export interface SignedIn {
  readonly person: Person;
  /** The secret that the console's cookie holds. */
  readonly session: string;
  readonly token: string;
  readonly api: ReturnType<typeof clientOf>;
}

export interface Office {
  readonly casino: Casino;
  /** The parts that use cases are made of, over the engine's own database and keys. */
  readonly deps: StaffDeps;
  readonly people: Readonly<Record<Role | "admin2" | "finance2" | "compliance2" | "nobody", Person>>;
  /** A call between the console's server and the engine. */
  post(
    path: string,
    body: unknown,
    more?: { readonly ip?: string; readonly consoleKey?: string | null },
  ): Promise<Answer>;
  signIn(who: Person, ip?: string): Promise<SignedIn>;
  /**
   * A TOTP code of the person that counts now, for half a minute at least, and was not used. Whoever has one uses it
   * before asking for the next: the engine takes only codes later than the last one.
   */
  freshCode(who: Person): Promise<string>;
  tokenOf(session: string, ip?: string): Promise<string>;
  client(token: string | undefined): ReturnType<typeof clientOf>;
  close(): Promise<void>;
}

export async function startOffice(env: NodeJS.ProcessEnv = {}): Promise<Office> {
  const casino = await startCasino(env);
  const config = readConfig({
    NODE_ENV: "test",
    REPORTS: "off",
    DATABASE_URL: casino.databaseUrl,
    PITBOSS_DATA_DIR: casino.dataDir,
    ...env,
  });
  const parts = { db: casino.db, clock: systemClock, log: createLog("silent") };
  const lanes = { submit: () => Promise.reject(new Error("this side has no lanes")) };
  const catalog = { byCode: () => undefined, all: () => [] };
  const deps = await createStaffDeps(config, { ...parts, lanes, catalog });
  const people = await openStaff(deps);
  const usedSteps = new Map<bigint, number>();

  const post: Office["post"] = async (path, body, { ip = "198.51.100.7", consoleKey } = {}) => {
    const key = consoleKey === undefined ? deps.settings.consoleKey : consoleKey;
    const response = await fetch(casino.url() + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-pitboss-client-ip": ip,
        "x-pitboss-client-agent": "test browser",
        ...(key === null ? {} : { "x-pitboss-console-key": key }),
      },
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };

  const freshCode: Office["freshCode"] = async ({ staffId, totpSecret }) => {
    // The code of this step and that of the next one both count, and either goes on to while this step lasts and the
    // whole next one. Who has used both would have to wait; instead the casino is made to forget that they were used.
    const now = totpStepAt(systemClock.now());
    let step = Math.max(now, (usedSteps.get(staffId) ?? 0) + 1);
    if (step > now + 1) {
      await casino.db.execute(sql`UPDATE staff_totp SET last_step = NULL WHERE staff_id = ${staffId}`);
      step = now;
    }
    usedSteps.set(staffId, step);
    return totpCode(totpSecret, step);
  };

  const tokenOf = async (session: string, ip?: string): Promise<string> => {
    const answer = await post("/staff/session/token", { session }, ip === undefined ? {} : { ip });
    assert(answer.status === 200, `a token was refused: ${JSON.stringify(answer.body)}`);
    return String(answer.body["token"]);
  };
  const client = (token: string | undefined) => clientOf(casino.url(), token);

  return {
    casino,
    deps,
    people,
    post,
    freshCode,
    tokenOf,
    client,
    async signIn(who, ip) {
      const from = ip === undefined ? {} : { ip };
      const begun = await post("/staff/sign-in", { email: who.email, password: testPassword }, from);
      assert(begun.status === 200, `a password was refused: ${JSON.stringify(begun.body)}`);
      const flow = begun.body["flow"];
      const factor = { flow, method: "TOTP", code: await freshCode(who) };
      const opened = await post("/staff/sign-in/second-factor", factor, from);
      assert(opened.status === 200, `a second factor was refused: ${JSON.stringify(opened.body)}`);
      const session = String(opened.body["session"]);
      const token = await tokenOf(session, ip);
      return { person: who, session, token, api: client(token) };
    },
    close: () => casino.close(),
  };
}

export function clientOf(url: string, token: string | undefined) {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/trpc`, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })],
  });
}

/** The failure that a call ended with; throws where it did not fail. */
export async function failureOf(call: Promise<unknown>): Promise<FailureShape> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError) {
      const { failure } = error.data as { failure?: FailureShape };
      if (failure !== undefined) return failure;
    }
    throw error;
  }
  throw new Error("the call was expected to fail, and did not");
}

async function openStaff(deps: StaffDeps): Promise<Office["people"]> {
  const wanted: [string, readonly Role[]][] = [
    ...roles.map((role): [string, readonly Role[]] => [role, [role]]),
    ["admin2", ["admin"]],
    ["finance2", ["finance"]],
    ["compliance2", ["compliance"]],
    ["nobody", []],
  ];
  const drafts = wanted.map(([name, held]) => ({
    name,
    email: `${name}@house.test`,
    roles: held,
    ready: { password: testPassword, totpSecret: randomBytes(20) },
  }));
  const opened = await openHouse(deps, drafts);
  assert(opened.ok, "the house opens");
  const people = opened.value.map(({ staffId, email }, index): [string, Person] => {
    const draft = drafts[index];
    assert(draft !== undefined, "everybody was drafted");
    const { name, roles: held, ready } = draft;
    return [name, { staffId, id: formatId("staff", staffId), email, name, roles: held, totpSecret: ready.totpSecret }];
  });
  return Object.fromEntries(people) as unknown as Office["people"];
}
