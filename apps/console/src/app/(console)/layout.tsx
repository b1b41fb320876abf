import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Console } from "#features/frame/console.tsx";
import { EngineDown } from "#features/frame/engine-down.tsx";
import { failureOf, type ViewFailure } from "#lib/failure.ts";
import type { OutputOf } from "#lib/api.ts";
import { engineApi } from "#server/engine-api.ts";
import { forgetToken } from "#server/engine-token.ts";
import { readSession } from "#server/session-cookie.ts";

/** Everything behind the sign-in. Who is not signed in is sent there, with the way back. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await readSession();
  const me = await readMe();
  if ("code" in me) {
    if (me.code === "SESSION_ENDED" || me.code === "TOKEN_INVALID") {
      if (session === undefined) redirect("/sign-in");
      // While its token is kept the sign-in would take the session for a live one, and send the reader back here.
      await forgetToken(session);
      redirect("/sign-in?ended=revoked");
    }
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
