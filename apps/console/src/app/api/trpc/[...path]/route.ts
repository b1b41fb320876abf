import type { NextRequest } from "next/server";
import { errorRow } from "@pitboss/domain/kernel/errors";
import { config } from "#config.ts";
import type { ViewFailure } from "#lib/failure.ts";
import { engineDown } from "#server/engine.ts";
import { forgetToken, tokenOf } from "#server/engine-token.ts";
import { isSameOrigin } from "#server/same-origin.ts";
import { readSession } from "#server/session-cookie.ts";

const passedOn = ["content-type", "accept", "last-event-id", "x-pitboss-background", "traceparent"] as const;

/** The browser's calls to the staff API: its cookie is exchanged for the engine's token here, and goes no further. */
async function forward(request: NextRequest, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  if (!isSameOrigin(request)) return refuse({ code: "NOT_ALLOWED", detail: "The request comes from another origin." });
  const session = await readSession();
  if (session === undefined) return refuse({ code: "SESSION_ENDED" });
  const token = await tokenOf(session);
  if (!token.ok) return refuse(token.failure);

  const { path } = await params;
  const target = new URL(`/trpc/${path.map(encodeURIComponent).join("/")}`, config.ENGINE_URL);
  target.search = request.nextUrl.search;
  const headers = new Headers({ authorization: `Bearer ${token.value}` });
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  let answer: Response;
  try {
    answer = await fetch(target, {
      method: request.method,
      headers,
      body: request.method === "POST" ? await request.text() : null,
      signal: request.signal,
      cache: "no-store",
    });
  } catch {
    return refuse(engineDown);
  }
  if (answer.status === 401) await forgetToken(session);
  return new Response(answer.body, {
    status: answer.status,
    headers: {
      "content-type": answer.headers.get("content-type") ?? "application/json",
      // An answer that is compressed on its way is held back until it is long enough: a live view would stand still.
      "cache-control": "no-store, no-transform",
    },
  });
}

/** In the form that tRPC gives its errors, so that the page has one way to read them. */
function refuse(failure: ViewFailure): Response {
  const row = errorRow(failure.code);
  const data = { code: row.trpc, httpStatus: row.http, failure };
  return Response.json(
    { error: { message: failure.detail ?? row.sentence, code: -32_603, data } },
    { status: row.http, headers: { "cache-control": "no-store" } },
  );
}

export { forward as GET, forward as POST };
