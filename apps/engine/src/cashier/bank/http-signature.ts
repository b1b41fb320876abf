/**
 * HTTP message signatures (RFC 9421) with Ed25519, over the method, the path and, where there is a body, its digest
 * (RFC 9530). What bank and house send each other carries one.
 */
import { createHash, type KeyObject, sign, timingSafeEqual, verify } from "node:crypto";

export interface SignedMessage {
  readonly method: string;
  /** With its query, as it stands on the wire. */
  readonly path: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One that is older or newer is not believed, s. */
const toleranceS = 300;
const label = "sig1";

/** What a message with this body proves itself with. */
export function signHttp(
  { method, path, body, contentType }: Pick<SignedMessage, "method" | "path" | "body"> & { contentType?: string },
  { keyId, privateKey }: { readonly keyId: string; readonly privateKey: KeyObject },
  nowS: number,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (contentType !== undefined) headers["content-type"] = contentType;
  if (body.length > 0) headers["content-digest"] = digestOf(body);
  const covered = ["@method", "@path", "@query", ...Object.keys(headers)];
  const params = `(${covered.map((name) => `"${name}"`).join(" ")});created=${nowS};keyid="${keyId}";alg="ed25519"`;
  const base = signatureBase({ method, path, headers, body }, covered, params);
  if (base === undefined) throw new Error("what is signed is there");
  const signature = sign(null, Buffer.from(base), privateKey).toString("base64");
  return { ...headers, "signature-input": `${label}=${params}`, signature: `${label}=:${signature}:` };
}

/** Why it is not to be believed; undefined where it is. */
export function findForgery(
  message: SignedMessage,
  keyOf: (keyId: string) => KeyObject | undefined,
  nowMs: number,
): string | undefined {
  const { headers, body } = message;
  const input = /^([a-z0-9_-]+)=(\(([^()]*)\)(;.*))$/i.exec(headers["signature-input"] ?? "");
  const signature = /^([a-z0-9_-]+)=:([A-Za-z0-9+/=]+):$/i.exec(headers["signature"] ?? "");
  if (input === null || signature === null || input[1] !== signature[1]) return "It is not signed.";
  const [, , params = "", list = "", rest = ""] = input;
  const covered = list.split(" ").map((name) => name.replaceAll('"', ""));
  const needed = ["@method", "@path", ...(body.length > 0 ? ["content-digest"] : [])];
  if (needed.some((name) => !covered.includes(name))) return "The signature does not cover all that matters.";
  const created = Number(/;created=(\d+)/.exec(rest)?.[1] ?? Number.NaN);
  if (!(Math.abs(nowMs / 1_000 - created) <= toleranceS)) return "The signature is too old, or from the future.";
  const key = keyOf(/;keyid="([^"]*)"/.exec(rest)?.[1] ?? "");
  if (key === undefined) return "The key is not one that is known.";
  if (body.length > 0 && !isSame(headers["content-digest"] ?? "", digestOf(body))) return "The body is another one.";
  const base = signatureBase(message, covered, params);
  const good = base !== undefined && verify(null, Buffer.from(base), key, Buffer.from(signature[2] ?? "", "base64"));
  return good ? undefined : "The signature is not right.";
}

/** Section 2.5 of the RFC; undefined where a part that is to be covered is missing. */
export function signatureBase(
  { method, path, headers }: SignedMessage,
  covered: readonly string[],
  params: string,
): string | undefined {
  const question = path.indexOf("?");
  const parts: Readonly<Record<string, string | undefined>> = {
    "@method": method,
    "@path": question < 0 ? path : path.slice(0, question),
    "@query": question < 0 ? "?" : path.slice(question),
    "@authority": headers["host"],
  };
  const lines: string[] = [];
  for (const name of covered) {
    const value = name.startsWith("@") ? parts[name] : headers[name];
    if (value === undefined) return undefined;
    lines.push(`"${name}": ${value.trim()}`);
  }
  return [...lines, `"@signature-params": ${params}`].join("\n");
}

function digestOf(body: Buffer): string {
  return `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
