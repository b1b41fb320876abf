import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { SignInFlow } from "#features/sign-in/sign-in-flow.tsx";
import { safePath } from "#lib/safe-path.ts";
import { readView } from "#lib/view.ts";
import { tokenOf } from "#server/engine-token.ts";
import { readSession } from "#server/session-cookie.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readView()).messages.signIn.title };
}

const asked = z.object({
  next: z.string().optional().catch(undefined),
  ended: z.enum(["idle", "revoked", "signedOut"]).optional().catch(undefined),
});

export default async function SignInPage({ searchParams }: { searchParams: Promise<object> }) {
  const { next, ended } = asked.parse(await searchParams);
  const path = safePath(next);
  const session = await readSession();
  if (session !== undefined && (await tokenOf(session)).ok) redirect(path);
  return <SignInFlow next={path} ended={ended} />;
}
