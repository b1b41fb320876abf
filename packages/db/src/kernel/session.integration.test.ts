import { once } from "node:events";
import { createServer, connect, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../embedded/test-database.ts";
import { openSession } from "./session.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

const one = { name: "one", text: "SELECT 1" };

/** A network between client and server that can stop to carry anything, without a word to either side. */
async function startNetwork(target: URL): Promise<{ url: string; swallow(): void; stop(): void }> {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => !silent && to.write(bytes));
      from.on("error", () => undefined);
      from.on("close", () => to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    swallow: () => (silent = true),
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test("a database that falls silent is lost after a while: what was asked fails, and the loss is told", async () => {
  const network = await startNetwork(new URL(database.url));
  const lost = Promise.withResolvers<Error>();
  const session = await openSession({
    url: network.url,
    applicationName: "test-silence",
    answerWithinMs: 300,
    onLost: lost.resolve,
  });
  expect((await session.run(one)).rows).toEqual([["1"]]);
  network.swallow();
  const asked = await Promise.allSettled([session.run(one), session.run(one)]);
  // The words by which the engine tells a silence from a fault of its own.
  expect(asked[0]).toMatchObject({ status: "rejected", reason: { message: "Query read timeout" } });
  expect(asked[1].status).toBe("rejected");
  expect(await lost.promise).toBeInstanceOf(Error);
  await expect(session.run(one)).rejects.toThrow();
  network.stop();
});
