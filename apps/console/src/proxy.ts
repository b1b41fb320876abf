/** Puts the security headers on every answer, and gives each page a nonce of its own. */
import { type NextRequest, NextResponse } from "next/server";
import { config as settings } from "#config.ts";
import { contentSecurityPolicy, securityHeaders } from "#lib/security-headers.ts";

const nonceBytes = 16;

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(nonceBytes))).toString("base64");
  const policy = contentSecurityPolicy(nonce, settings.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads the policy of the request to put the nonce on its own scripts.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: "/((?!_next/static|icon.svg).*)" };
