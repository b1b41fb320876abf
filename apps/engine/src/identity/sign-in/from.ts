/** From where somebody signs in, as the console's server or the connection itself says. */
import type { Acting } from "../../audit/acting.ts";

export interface From {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly traceId: string;
}

/** Somebody who acts before there is a session. */
export function enteringAs(actorId: string, from: From, channel: "console" | "cli" = "console"): Acting {
  return { actorKind: "staff", actorId, actingAs: [], channel, sessionId: null, ...from };
}
