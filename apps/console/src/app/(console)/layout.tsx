import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Console } from "#features/frame/console.tsx";
import { EngineDown } from "#features/frame/engine-down.tsx";
import { failureOf, type ViewFailure } from "#lib/failure.ts";
import type { OutputOf } from "#lib/api.ts";
import { engineApi } from "#server/engine-api.ts";
import { readSession } from "#server/session-cookie.ts";

/** Everything behind the sign-in. Who is not signed in is sent there, with the way back. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const signedIn = (await readSession()) !== undefined;
  const me = await readMe();
  if ("code" in me) {
    if (me.code === "SESSION_ENDED" || me.code === "TOKEN_INVALID")
      redirect(signedIn ? "/sign-in?ended=revoked" : "/sign-in");
    return <EngineDown failure={me} />;
  }
  return <Console me={me}>{children}</Console>;
}

async function readMe(): Promise<OutputOf<"account.me"> | ViewFailure> {
  const api = await engineApi();
  if (!api.ok) return api.failure;
  try {
    return await api.value.account.me.query();
  } catch (error) {
    return failureOf(error);
  }
}
