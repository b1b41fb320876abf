/** What a bet knows of the player's place: what comes with it, and what was found out when its session was opened. */
import type { GeoFacts } from "@pitboss/domain/risk/geo";
import type { Principal } from "../../identity/authenticate.ts";
import type { GeoLocator, Told } from "./geo-locator.ts";

export function factsOfBet(
  geo: Pick<GeoLocator, "locate">,
  principal: Principal,
  ip: string,
  told: Pick<Told, "country" | "position"> = {},
): GeoFacts {
  const opened = principal.kind === "session" ? principal.place : null;
  return geo.locate(ip, {
    position: told.position,
    country: told.country ?? opened?.deviceCountry ?? undefined,
    documentCountry: opened?.documentCountry,
  });
}
