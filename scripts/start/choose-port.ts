import { findFreePort, isPortFree } from "@pitboss/db/embedded/free-port";

interface PortWish {
  /** For the sentence: whose port this is. */
  readonly what: string;
  readonly variable: string;
  /** What the environment asks for, if it does. */
  readonly asked: number | undefined;
  /** Where it would be without a wish. */
  readonly usual: number;
  /** Ports that are spoken for, though nobody listens there yet. */
  readonly reserved: readonly number[];
}

const stepsMax = 20;

/** A port that was asked for is taken or refused; the usual one gives way to the next that is free. */
export async function choosePort({ what, variable, asked, usual, reserved }: PortWish): Promise<number> {
  if (asked !== undefined) {
    if (!reserved.includes(asked) && (await isPortFree(asked))) return asked;
    throw new Error(
      `Port ${asked}, which ${variable} asks for, is in use by another program. ` +
        `Free it, ask for another one, or leave ${variable} away: ${what} then takes the next port that is free.`,
    );
  }
  for (let port = usual; port < usual + stepsMax; port += 1) {
    if (!reserved.includes(port) && (await isPortFree(port))) return port;
  }
  return findFreePort();
}
