/** One search field for players: what was typed says by which of the house's indexes it is looked for. */
import { parseId } from "@pitboss/domain/kernel/public-id";

export type PlayerSearchKind = "playerId" | "email" | "deviceId" | "ip" | "phone" | "name" | "nickname";

export interface PlayerSearch {
  readonly kind: PlayerSearchKind;
  readonly text: string;
}

const ipv4 = /^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?$/;
const ipv6 = /^(?=.*:.*:)[0-9a-f:]+(\/\d{1,3})?$/i;

export function readPlayerSearch(typed: string): PlayerSearch | undefined {
  const text = typed.trim();
  if (text === "") return undefined;
  if (parseId("player", text) !== undefined) return { kind: "playerId", text };
  if (text.includes("@")) return { kind: "email", text };
  if (/^dev_[0-9a-f]{16}$/.test(text)) return { kind: "deviceId", text };
  if (ipv4.test(text) || ipv6.test(text)) return { kind: "ip", text };
  if (/^\+?[\d\s()/-]{6,}$/.test(text)) return { kind: "phone", text };
  return { kind: /\s/.test(text) ? "name" : "nickname", text };
}
