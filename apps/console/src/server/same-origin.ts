import "server-only";
import { consoleOrigin } from "#config.ts";

/**
 * Whether a request comes from the console's own pages. Cookies are SameSite=Lax already; this also holds where a browser
 * does not know that, and against other origins of the same site. `Origin` is on every POST, `Sec-Fetch-Site` on all.
 */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin !== null) return origin === consoleOrigin;
  const site = request.headers.get("sec-fetch-site");
  // "none" is an address that the reader typed or saved.
  if (site !== null) return site === "same-origin" || (site === "none" && request.method === "GET");
  return request.method === "GET";
}
