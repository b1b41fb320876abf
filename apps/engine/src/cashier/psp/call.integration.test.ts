/** What of a failed call may have arrived, against real sockets. */
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import { expect, test } from "vitest";
import { callProvider } from "./call.ts";

const call = (port: number) =>
  callProvider({ url: `http://127.0.0.1:${port}/`, method: "POST", headers: {}, body: "{}" });

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("a port at which nobody listens has seen nothing of the call", async () => {
  expect(await call(await findFreePort())).toMatchObject({ sent: false });
});

test("a name that nobody has leads nowhere either", async () => {
  const answer = await callProvider({ url: "http://psp.invalid/", method: "POST", headers: {}, body: "{}" });
  expect(answer).toMatchObject({ sent: false });
});

test("a line that breaks after it was there may have carried the call", async () => {
  const server = createServer((socket) => socket.once("data", () => socket.destroy()));
  expect(await call(await listening(server))).toMatchObject({ sent: true });
  server.close();
});

test("an answer that is no JSON is none, and says nothing about the order", async () => {
  const server = createServer((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<html>")),
  );
  expect(await call(await listening(server))).toMatchObject({ sent: true });
  server.close();
});
