/**
 * chDB behind ClickHouse's HTTP interface (https://clickhouse.com/docs/interfaces/http), as far as `@clickhouse/client`
 * uses it: a statement in the body, or in `query` with its data in the body; `param_…` for values; settings by name.
 */
import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Session } from "chdb";

/** What the interface has beside settings, and what means nothing without a network. */
const notSettings = new Set([
  "query",
  "query_id",
  "session_id",
  "database",
  "role",
  "wait_end_of_query",
  "enable_http_compression",
  "send_progress_in_http_headers",
  "http_headers_progress_interval_ms",
  "cancel_http_readonly_queries_on_client_close",
]);
const bodyMost = 256 * 1024 * 1024;

export function serveChdb(session: Session, password: string): Server {
  const expected = Buffer.from(`Basic ${Buffer.from(`pitboss:${password}`).toString("base64")}`);
  return createServer((request, response) => {
    void answer(session, expected, request, response);
  });
}

async function answer(
  session: Session,
  expected: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://store");
  if (url.pathname === "/ping") {
    response.end("Ok.\n");
    return;
  }
  const given = Buffer.from(request.headers.authorization ?? "");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    fail(response, 403, 516, "Code: 516. DB::Exception: pitboss: Authentication failed. (AUTHENTICATION_FAILED)");
    return;
  }
  try {
    const statement = readStatement(url.searchParams, await readBody(request));
    const params = readParams(url.searchParams, statement);
    const options = { format: "TabSeparated" };
    const result =
      Object.keys(params).length === 0
        ? await session.queryAsync(statement, options)
        : await session.queryBindAsync(statement, params, options);
    response.setHeader("x-clickhouse-query-id", url.searchParams.get("query_id") ?? "");
    response.end(Buffer.from(result.bytes()));
  } catch (error) {
    const code = Number((error as { clickhouseCode?: unknown }).clickhouseCode ?? 0);
    fail(response, 500, code, error instanceof Error ? error.message : String(error));
  }
}

function fail(response: ServerResponse, status: number, code: number, message: string): void {
  response.statusCode = status;
  response.setHeader("x-clickhouse-exception-code", code);
  response.end(`${message}\n`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyMost) throw new Error("Code: 307. DB::Exception: The body is too large. (TOO_MANY_BYTES)");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Settings follow a SELECT's FORMAT; other statements don't depend on any. */
function readStatement(query: URLSearchParams, body: string): string {
  const head = query.get("query");
  if (head !== null) return `${head}\n${body}`;
  if (!/^\s*(SELECT|WITH)\b/i.test(body)) return body;
  const settings: string[] = [];
  for (const [name, value] of query) {
    if (notSettings.has(name) || name.startsWith("param_") || !/^[a-z_0-9]+$/.test(name)) continue;
    settings.push(`${name} = '${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`);
  }
  return settings.length === 0 ? body : `${body}\nSETTINGS ${settings.join(", ")}`;
}

function readParams(query: URLSearchParams, statement: string): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = {};
  for (const [parameter, value] of query) {
    if (!parameter.startsWith("param_")) continue;
    const name = parameter.slice(6);
    const list = statement.includes(`{${name}:Array(String)}`);
    params[name] = list ? [...value.matchAll(quoted)].map(([, text = ""]) => unescape(text)) : unescape(value);
  }
  return params;
}

const quoted = /'((?:[^'\\]|\\.)*)'/gs;

/** The wire carries values as TSV does, and those of a list quoted; chDB's own binding escapes them once more. */
function unescape(text: string): string {
  const plain: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f", 0: "\0" };
  return text.replace(/\\(.)/gs, (_whole, char: string) => plain[char] ?? char);
}
