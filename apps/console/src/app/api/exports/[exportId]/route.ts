import type { NextRequest } from "next/server";
import { config } from "#config.ts";
import { tokenOf } from "#server/engine-token.ts";
import { isSameOrigin } from "#server/same-origin.ts";
import { readSession } from "#server/session-cookie.ts";

const passedOn = ["content-type", "content-length", "content-disposition"] as const;

/** The file of one's own export, streamed from the engine. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ exportId: string }> },
): Promise<Response> {
  const session = await readSession();
  if (!isSameOrigin(request) || session === undefined) return new Response(null, { status: 403 });
  const token = await tokenOf(session);
  if (!token.ok) return new Response(null, { status: 403 });
  const { exportId } = await params;
  const file = await fetch(new URL(`/staff/exports/${encodeURIComponent(exportId)}`, config.ENGINE_URL), {
    headers: { authorization: `Bearer ${token.value}` },
    signal: request.signal,
    cache: "no-store",
  });
  if (!file.ok) return new Response(null, { status: file.status });
  const headers = new Headers({ "cache-control": "no-store" });
  for (const name of passedOn) {
    const value = file.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(file.body, { headers });
}
