/** The staff API for pages that are made on the server. */
import "server-only";
import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "@pitboss/engine/edge/trpc/app-router";
import { config } from "#config.ts";
import { type EngineAnswer } from "#server/engine.ts";
import { tokenOf } from "#server/engine-token.ts";
import { readSession } from "#server/session-cookie.ts";

export async function engineApi(): Promise<EngineAnswer<TRPCClient<AppRouter>>> {
  const session = await readSession();
  if (session === undefined) return { ok: false, failure: { code: "SESSION_ENDED" } };
  const token = await tokenOf(session);
  if (!token.ok) return token;
  const link = httpLink({
    url: new URL("/trpc", config.ENGINE_URL).href,
    headers: { authorization: `Bearer ${token.value}` },
  });
  return { ok: true, value: createTRPCClient<AppRouter>({ links: [link] }) };
}
