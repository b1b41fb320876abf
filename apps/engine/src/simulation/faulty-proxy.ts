/**
 * A wire to PostgreSQL that can fail: cut while nobody looks, let questions through and lose their answers (so that a
 * commit happens and nobody hears of it), stand still, or lead nowhere.
 */
import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

export interface FaultyProxy {
  readonly port: number;
  /** Where new connections lead to. */
  aimAt(port: number): void;
  /** Cuts every connection that is open now. */
  cut(): void;
  /** From now on no answer comes back on the connections that are open now; they are cut after `forMs`. */
  loseAnswers(forMs: number): void;
  /** Nothing moves for `forMs`, in either direction, and nothing is lost. */
  standStill(forMs: number): void;
  /** While closed, new connections are refused by hanging up at once, and open ones are cut. */
  setOpen(open: boolean): void;
  close(): Promise<void>;
}

interface Pair {
  readonly engineSide: Socket;
  readonly databaseSide: Socket;
}

export async function openFaultyProxy(targetPort: number): Promise<FaultyProxy> {
  let target = targetPort;
  let open = true;
  const pairs = new Set<Pair>();

  const server = createServer((engineSide) => {
    engineSide.on("error", () => undefined);
    if (!open) {
      engineSide.destroy();
      return;
    }
    const databaseSide = connect(target, "127.0.0.1");
    const pair = { engineSide, databaseSide };
    pairs.add(pair);
    databaseSide.on("error", () => undefined);
    engineSide.on("close", () => end(pair));
    databaseSide.on("close", () => end(pair));
    engineSide.pipe(databaseSide);
    databaseSide.pipe(engineSide);
  });

  function end(pair: Pair): void {
    pairs.delete(pair);
    pair.engineSide.destroy();
    pair.databaseSide.destroy();
  }
  function cut(): void {
    for (const pair of [...pairs]) end(pair);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    aimAt: (port) => {
      target = port;
    },
    cut,
    loseAnswers(forMs) {
      for (const pair of pairs) {
        pair.databaseSide.unpipe(pair.engineSide);
        pair.databaseSide.resume();
        setTimeout(() => end(pair), forMs);
      }
    },
    standStill(forMs) {
      for (const { engineSide, databaseSide } of pairs) {
        engineSide.unpipe(databaseSide);
        databaseSide.unpipe(engineSide);
        setTimeout(() => {
          engineSide.pipe(databaseSide);
          databaseSide.pipe(engineSide);
        }, forMs);
      }
    },
    setOpen(wanted) {
      open = wanted;
      if (!open) cut();
    },
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}
