/** A provider's call as it goes out: put on the wire of its dialect, and signed. */
import { assert } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Action, Who } from "./speak.ts";
import { isWireDialect, speakers } from "./speakers.ts";

/** Who speaks which dialect, and what it proves itself with. */
export interface Speaks {
  readonly dialect: string;
  readonly secret: string;
}

export interface Play extends Who {
  readonly currency: Currency;
  readonly game: string;
}

export interface SentWire {
  /** Behind `/v1/providers/<provider>/`, the query with it. */
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Ids go out as they are: whoever calls keeps them apart. */
export function wireOf({ dialect, secret }: Speaks, play: Play, action: Action): SentWire {
  assert(isWireDialect(dialect), "a provider speaks a dialect that is known here");
  const speaker = speakers[dialect];
  const scene = { game: play.game, currency: play.currency, named: (id: string) => id };
  const { path, query, body, headers } = speaker.sign(speaker.say(action, play, scene), secret);
  return { path: path + query, body, headers: { "content-type": "application/json", ...headers } };
}
