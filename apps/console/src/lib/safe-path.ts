/** A path of this console, or the first page: what comes in an address must not lead anywhere else. */
export function safePath(asked: string | undefined): string {
  if (asked === undefined || !asked.startsWith("/")) return "/";
  const base = "http://console.invalid";
  const url = URL.canParse(asked, base) ? new URL(asked, base) : undefined;
  if (url?.origin !== base || url.pathname.startsWith("/sign-in")) return "/";
  return url.pathname + url.search + url.hash;
}
