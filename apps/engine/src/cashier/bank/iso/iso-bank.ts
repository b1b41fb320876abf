/** A bank that speaks ISO 20022 over HTTP, with message signatures on both sides. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { z } from "zod";
import { callForText, noAnswer } from "../../psp/call.ts";
import type { Asked } from "../../psp/psp.ts";
import type { BankSettings } from "../bank-settings.ts";
import type { Bank, StatusReport } from "../bank.ts";
import { findForgery, signHttp } from "../http-signature.ts";
import { readHeader, readMessage } from "./read-message.ts";
import { renderPain001 } from "./render-pain001.ts";

/** A bank answers what it takes within seconds; half a minute later nothing of ours is still on its way there, ms. */
const quietMs = 30_000;
/** Banks keep the ids of files for a quarter of a year and longer; a month is safely within that, ms. */
const keyLivesMs = 30 * 24 * 3_600_000;
const xml = "application/xml";
const statementList = z.object({ statements: z.array(z.object({ id: z.string().min(1).max(120) })) });

export function createIsoBank(settings: BankSettings): Bank {
  const { code, name, account, keyId, batchSeconds, settlements } = settings;
  const base = settings.url.replace(/\/$/, "");
  const key = { keyId, privateKey: createPrivateKey(settings.privateKey) };
  const bankKeys = new Map(settings.bankKeys.map((one) => [one.keyId, createPublicKey(one.publicKey)]));

  async function call(method: "GET" | "POST", path: string, body?: Buffer): Promise<Asked<string | undefined>> {
    const bytes = body ?? Buffer.alloc(0);
    const content = body === undefined ? {} : { contentType: xml };
    const headers = signHttp({ method, path, body: bytes, ...content }, key, Math.floor(Date.now() / 1_000));
    const sent = body === undefined ? {} : { body: body.toString("utf8") };
    const reply = await callForText({ url: `${base}${path}`, method, headers, ...sent });
    if ("away" in reply) return noAnswer(reply);
    if (reply.status === 200) return { kind: "answered", value: reply.body };
    if (reply.status === 404 && method === "GET") return { kind: "answered", value: undefined };
    // Whatever else it says, it does not say that it has no such file.
    return { kind: "unanswered", why: `The bank answered ${reply.status}.` };
  }

  async function askStatus(path: string, file?: Buffer): Promise<Asked<StatusReport | undefined>> {
    const asked = await call(file === undefined ? "GET" : "POST", path, file);
    if (asked.kind !== "answered" || asked.value === undefined) return asked as Asked<undefined>;
    const message = readMessage(Buffer.from(asked.value, "utf8"));
    if (message.kind !== "status") return { kind: "unanswered", why: "The bank's answer can't be read." };
    return { kind: "answered", value: message.report };
  }

  return {
    code,
    name,
    account,
    batchMs: batchSeconds * 1_000,
    settlers: new Map(settlements.map(({ psp, iban }) => [iban, psp])),
    quietMs,
    keyLivesMs,
    renderFile: (file) => renderPain001(file, account),
    async submit(file) {
      const asked = await askStatus("/payments", file);
      if (asked.kind !== "answered") return asked;
      return asked.value === undefined
        ? { kind: "unanswered", why: "The bank's answer can't be read." }
        : { kind: "answered", value: asked.value };
    },
    findFile: (messageId) => askStatus(`/payments/${encodeURIComponent(messageId)}`),
    findPayment: (endToEndId) => askStatus(`/transactions/${encodeURIComponent(endToEndId)}`),
    async listStatements(after) {
      const asked = await call("GET", `/statements${after === null ? "" : `?after=${encodeURIComponent(after)}`}`);
      if (asked.kind !== "answered") return asked;
      const read = statementList.safeParse(JSON.parse(asked.value ?? "null"));
      return read.success
        ? { kind: "answered", value: read.data.statements.map(({ id }) => id) }
        : { kind: "unanswered", why: "The list of statements can't be read." };
    },
    async readStatement(id) {
      const asked = await call("GET", `/statements/${encodeURIComponent(id)}`);
      if (asked.kind !== "answered") return asked;
      return asked.value === undefined
        ? { kind: "unanswered", why: "The bank does not find a statement that it had listed." }
        : { kind: "answered", value: asked.value };
    },
    readWebhook(body, headers, nowMs) {
      const message = { method: "POST", path: `/v1/webhooks/${code}`, headers, body };
      const why = findForgery(message, (id) => bankKeys.get(id), nowMs);
      if (why !== undefined) return { kind: "forged", why };
      const read = readHeader(body);
      return read === undefined
        ? { kind: "unreadable", why: "It is no message of ISO 20022 with an id." }
        : { kind: "event", eventId: read.id, type: read.type };
    },
    readMessage,
    keptHeaders: ["content-type", "content-digest", "signature-input", "signature"],
    webhookAnswer: { type: "application/json; charset=utf-8", body: '{"received":true}' },
  };
}
