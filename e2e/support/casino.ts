/** The casino that Playwright started: where it is, and what its start announced. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { z } from "zod";
import { casino } from "../playwright.config.ts";

const runState = z.object({ announcement: z.string() });

function announcement(): string {
  return runState.parse(JSON.parse(readFileSync(join(casino.dataDir, "run.json"), "utf8"))).announcement;
}

function announced(pattern: RegExp): string {
  const [found] = pattern.exec(announcement()) ?? [];
  if (found === undefined) throw new Error(`the start announced nothing like ${pattern.source}`);
  return found;
}

/** The key that the demo's operator calls the public API with. */
const operatorKey = (): string => announced(/mk_[\w-]+/);

/** A call of the public API: as the operator, with a player's own token, or, with null, as somebody whom nobody knows. */
export async function callEngine(
  path: string,
  body?: unknown,
  token: string | null = operatorKey(),
): Promise<Record<string, unknown>> {
  const response = await fetch(`${casino.engineUrl}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** The casino's own database, for what only time brings about: a second factor that has grown old. */
export async function withDatabase<T>(use: (db: Database) => Promise<T>): Promise<T> {
  const url = new URL(announced(/postgres:\/\/\S+/));
  url.password = readFileSync(join(casino.dataDir, "postgres", "password"), "utf8").trim();
  const pool = createPool({ url: url.href, applicationName: "e2e", max: 1, onError: () => undefined });
  try {
    return await use(createDatabase(pool));
  } finally {
    await pool.end();
  }
}
