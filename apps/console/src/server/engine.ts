/** How the console's server speaks with the engine's way in for staff: JSON both ways, failures as values. */
import "server-only";
import { headers } from "next/headers";
import { z } from "zod";
import { config, secretOf } from "#config.ts";
import { isErrorCode, type ViewFailure } from "#lib/failure.ts";

export type EngineAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ViewFailure };

const problem = z.object({ code: z.string(), detail: z.string().optional(), traceId: z.string().optional() });

/** For whom the console calls; the engine believes it because of the console's key. */
export async function clientHeaders(): Promise<Record<string, string>> {
  const asked = await headers();
  return {
    "x-pitboss-client-ip": asked.get("x-forwarded-for") ?? "",
    "x-pitboss-client-agent": (asked.get("user-agent") ?? "").slice(0, 400),
  };
}

export async function callEngine<T>(path: string, body: object, shape: z.ZodType<T>): Promise<EngineAnswer<T>> {
  let response: Response;
  try {
    response = await fetch(new URL(path, config.ENGINE_URL), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-pitboss-console-key": secretOf("CONSOLE_KEY"),
        ...(await clientHeaders()),
      },
      body: JSON.stringify(body),
      cache: "no-store",
    });
  } catch {
    return { ok: false, failure: engineDown };
  }
  const json: unknown = await response.json().catch(() => undefined);
  if (!response.ok) return { ok: false, failure: readProblem(json) };
  const value = shape.safeParse(json);
  return value.success ? { ok: true, value: value.data } : { ok: false, failure: { code: "INTERNAL" } };
}

export const engineDown: ViewFailure = { code: "ENGINE_UNREACHABLE" };

function readProblem(json: unknown): ViewFailure {
  const read = problem.safeParse(json);
  if (!read.success || !isErrorCode(read.data.code)) return { code: "INTERNAL" };
  return { ...read.data, code: read.data.code };
}
