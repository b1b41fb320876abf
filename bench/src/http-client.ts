/**
 * A client that costs little: keep-alive sockets with one request in flight each, and a reader that looks for the status
 * and the length alone. The client shares two cores with what is measured, so every microsecond of it is taken from that.
 */
import { connect, type Socket } from "node:net";

export interface HttpClient {
  /** `headers` are lines of their own, each with its end. */
  post(worker: number, path: string, body: string, headers?: string): Promise<{ status: number; body: string }>;
  close(): void;
}

export async function openHttpClient(url: string, connections: number, token?: string): Promise<HttpClient> {
  const { hostname, port } = new URL(url);
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(hostname, Number(port))));
  const authorization = token === undefined ? "" : `authorization: Bearer ${token}\r\n`;
  const head = `host: ${hostname}:${port}\r\n${authorization}content-type: application/json\r\nuser-agent: bench/1\r\n`;
  return {
    post(worker, path, body, headers = "") {
      const line = lines[worker % lines.length];
      if (line === undefined) throw new Error("there is a connection for every worker");
      return line.send(
        `POST ${path} HTTP/1.1\r\n${head}${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    },
    close: () => {
      for (const line of lines) line.socket.destroy();
    },
  };
}

interface Line {
  readonly socket: Socket;
  send(request: string): Promise<{ status: number; body: string }>;
}

function openLine(host: string, port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    let buffered = "";
    let waiting:
      | { resolve: (answer: { status: number; body: string }) => void; reject: (error: Error) => void }
      | undefined;
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      buffered += chunk;
      const headEnd = buffered.indexOf("\r\n\r\n");
      if (headEnd < 0) return;
      const lengthAt = buffered.indexOf("content-length: ");
      const length = Number.parseInt(buffered.slice(lengthAt + 16, lengthAt + 26), 10);
      if (buffered.length < headEnd + 4 + length) return;
      const answer = { status: Number(buffered.slice(9, 12)), body: buffered.slice(headEnd + 4, headEnd + 4 + length) };
      buffered = buffered.slice(headEnd + 4 + length);
      const current = waiting;
      waiting = undefined;
      current?.resolve(answer);
    });
    socket.on("error", (error) => {
      waiting?.reject(error);
      reject(error);
    });
    // The server ends a connection that has been idle for long; a request on it would never be answered.
    socket.on("close", () => waiting?.reject(new Error("the engine closed the connection")));
    const exchange = (request: string): Promise<{ status: number; body: string }> =>
      new Promise((res, rej) => {
        waiting = { resolve: res, reject: rej };
        if (socket.readyState === "open") socket.write(request);
        else rej(new Error("the connection is closed"));
      });
    // At a fixed rate a request may come before the one before it is answered: it waits, as it would in a browser.
    let last: Promise<unknown> = Promise.resolve();
    socket.on("connect", () =>
      resolve({
        socket,
        send: (request) => {
          const answered = last.then(() => exchange(request));
          last = answered.catch(() => undefined);
          return answered;
        },
      }),
    );
  });
}
