/** A client of the public API that can also behave badly: hang up half way, send bytes that are no request, say nothing. */
import { Agent, request } from "node:http";

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly body: unknown;
}

export interface Call {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly token?: string | undefined;
  /** Sent as JSON; a string is sent as it stands. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Hangs up this long after the request was sent, ms; the call then fails, whatever became of the request. */
  readonly hangUpAfterMs?: number;
  readonly timeoutMs?: number;
}

export interface ApiClient {
  /** Rejects where no whole answer came. */
  send(baseUrl: string, call: Call): Promise<Reply>;
  close(): void;
}

const patienceMs = 30_000;

export function createApiClient(connections = 64): ApiClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: (baseUrl, call) => sendOne(agent, baseUrl, call),
    close: () => agent.destroy(),
  };
}

function sendOne(agent: Agent, baseUrl: string, call: Call): Promise<Reply> {
  const { method = "POST", path, token, body, headers = {}, hangUpAfterMs, timeoutMs = patienceMs } = call;
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, baseUrl), {
      method,
      agent,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(text === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
        ...headers,
      },
    });
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer after ${timeoutMs} ms`)), timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    outgoing.on("error", fail);
    outgoing.on("response", (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("error", fail);
      incoming.on("close", () => {
        if (!incoming.complete) fail(new Error("the answer was cut off"));
      });
      incoming.on("end", () => {
        clearTimeout(timer);
        const answer = Buffer.concat(parts).toString("utf8");
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: answer, body: readJson(answer) });
      });
    });
    outgoing.end(text, () => {
      if (hangUpAfterMs === undefined) return;
      setTimeout(() => outgoing.destroy(new Error("the client hung up")), hangUpAfterMs);
    });
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
