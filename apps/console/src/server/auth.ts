/** next-auth keeps the cookie; who somebody is, and with which factors, the engine has decided before. */
import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { secretOf } from "#config.ts";
import { callEngine } from "#server/engine.ts";
import { secureCookies, sessionCookie, sessionSeconds, takeOver } from "#server/session-cookie.ts";

export function authOptions(): NextAuthOptions {
  return {
    secret: secretOf("CONSOLE_SECRET"),
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: sessionSeconds },
    useSecureCookies: secureCookies,
    cookies: {
      sessionToken: {
        name: sessionCookie,
        options: { httpOnly: true, secure: secureCookies, sameSite: "lax", path: "/" },
      },
    },
    providers: [
      Credentials({
        id: "staff",
        credentials: {},
        async authorize() {
          const session = await takeOver();
          return session === undefined ? null : { id: "staff", session };
        },
      }),
    ],
    callbacks: {
      // What is returned here is all that the cookie holds.
      jwt: ({ token, user }) => ("session" in user ? { session: user.session } : token),
      // The browser learns nothing from next-auth but when the cookie ends.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const session = z.string().safeParse(token["session"]);
        if (session.success) await callEngine("/staff/sign-out", { session: session.data }, z.literal(true));
      },
    },
  };
}
