import {
  isMachinePermission,
  mayAny,
  type Permission,
  permissionNames,
  permissionRow,
} from "@pitboss/domain/identity/permissions";
import { roles } from "@pitboss/domain/identity/roles";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { appRouter } from "./app-router.ts";

interface Procedure {
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly permission: Permission;
}

const procedures: Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Procedure["type"]; meta?: { permission?: Permission } } }
  >,
).map(([path, { _def }]) => ({ path, type: _def.type, permission: _def.meta?.permission as Permission }));

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.close());

/** Calls without any input: whoever may go on is told that the input is wrong, or gets an answer. */
async function call({ path, type }: Procedure, token: string | undefined): Promise<string> {
  const response = await fetch(`${office.casino.url()}/trpc/${path}`, {
    method: type === "mutation" ? "POST" : "GET",
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(type === "mutation" ? { "content-type": "application/json" } : {}),
    },
  });
  if (type === "subscription" && response.status === 200) return firstOf(response);
  const body = (await response.json()) as { error?: { data: { failure: { code: string } } } };
  return body.error?.data.failure.code ?? "OK";
}

/** What a stream of events begins with, after the greeting: a refusal, or something to tell. */
async function firstOf(response: Response): Promise<string> {
  let text = "";
  const chunks = response.body?.pipeThrough(new TextDecoderStream()) ?? [];
  for await (const chunk of chunks) {
    text += chunk;
    const refused = /^event: serialized-error\ndata: (.*)\n/m.exec(text)?.[1];
    if (refused !== undefined) {
      return (JSON.parse(refused) as { data: { failure: { code: string } } }).data.failure.code;
    }
    if (/^id: /m.test(text)) return "OK";
  }
  return `ended with ${text}`;
}

/** The answer of every procedure, a few at a time. */
async function callAll(list: readonly Procedure[], token: string | undefined): Promise<[Procedure, string][]> {
  const answers: [Procedure, string][] = [];
  for (let from = 0; from < list.length; from += 8) {
    const some = list.slice(from, from + 8);
    const codes = await Promise.all(some.map((procedure) => call(procedure, token)));
    answers.push(...some.map((procedure, index): [Procedure, string] => [procedure, codes[index] ?? ""]));
  }
  return answers;
}

const refusals = new Set(["NOT_ALLOWED", "TOKEN_MISSING", "TOKEN_INVALID", "STEP_UP_NEEDED", "SESSION_ENDED"]);

test("every procedure names a permission of the table, and every permission is used", () => {
  expect(procedures.length).toBeGreaterThan(60);
  expect(procedures.filter(({ permission }) => !permissionNames.includes(permission))).toEqual([]);
});

describe("every procedure", () => {
  test("refuses whoever is signed out", async () => {
    for (const [{ path }, code] of await callAll(procedures, undefined))
      expect([path, code]).toEqual([path, "TOKEN_MISSING"]);
  });

  test("refuses somebody without any role, but for nothing at all", async () => {
    const { token } = await office.signIn(office.people.nobody);
    for (const [{ path }, code] of await callAll(procedures, token))
      expect([path, code]).toEqual([path, "NOT_ALLOWED"]);
  });

  test.each(roles)("lets %s do what the table says, and nothing else", async (role) => {
    const { token } = await office.signIn(office.people[role]);
    for (const [procedure, code] of await callAll(procedures, token)) {
      const allowed = !refusals.has(code);
      expect([procedure.path, allowed]).toEqual([procedure.path, mayAny([role], procedure.permission)]);
      if (!allowed) expect([procedure.path, code]).toEqual([procedure.path, "NOT_ALLOWED"]);
    }
  });

  test.each(roles)("asks %s for a fresh second factor exactly where the table does", async (role) => {
    const { token, person } = await office.signIn(office.people[role]);
    await office.casino.db.execute(
      sql`UPDATE staff_sessions SET second_factor_at = now() - interval '301 seconds' WHERE staff_id = ${person.staffId}`,
    );
    const allowed = procedures.filter(({ permission }) => mayAny([role], permission));
    for (const [procedure, code] of await callAll(allowed, token)) {
      expect([procedure.path, code === "STEP_UP_NEEDED"]).toEqual([
        procedure.path,
        permissionRow(procedure.permission).stepUp,
      ]);
    }
  });

  test("lets a machine do what its key has, and only what machines may have", async () => {
    const { api } = await office.signIn(office.people.admin);
    const scopes = permissionNames.filter(isMachinePermission);
    const issued = await api.machineKey.issue.mutate({
      name: "reporting tool",
      scopes,
      networks: [],
      days: 1,
      reason: "For the test",
    });
    for (const [procedure, code] of await callAll(procedures, issued.key)) {
      const allowed = !refusals.has(code);
      const expected = isMachinePermission(procedure.permission);
      // What is only for people refuses a machine although the permission would be one of a machine's.
      if (allowed || !expected) expect([procedure.path, allowed]).toEqual([procedure.path, expected]);
    }
    await api.machineKey.revoke.mutate({ keyId: issued.keyId, reason: "The test is over" });
    const player = procedures.find(({ path }) => path === "player.list");
    expect(player && (await call(player, issued.key))).toBe("TOKEN_INVALID");
  });
});
