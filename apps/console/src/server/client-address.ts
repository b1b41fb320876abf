/**
 * The address that a request came from. Each proxy of ours appends whom it heard from, so with n of them the client is
 * the n-th from the end; whatever stands before it was written by the client and proves nothing.
 */
export function clientAddress(
  peer: string | undefined,
  forwarded: string | readonly string[] | undefined,
  trustedProxies: number,
): string {
  const told = (typeof forwarded === "string" ? [forwarded] : (forwarded ?? []))
    .flatMap((line) => line.split(","))
    .map((address) => address.trim())
    .filter((address) => address !== "");
  const address = trustedProxies === 0 ? peer : (told.at(-trustedProxies) ?? peer);
  return (address ?? "").replace(/^::ffff:(?=[0-9.]+$)/, "");
}
