/** The bank as the house meets it: its files, its answers and its messages, over real HTTP. */
import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import { mkdtempSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeIban } from "@pitboss/domain/cashier/bank/iban";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Bank, BankMessage, PaymentFile } from "../../bank/bank.ts";
import { createIsoBank } from "../../bank/iso/iso-bank.ts";
import type { SimulatedPsp } from "../serve.ts";
import { startSimulatedBank } from "./simulated-bank.ts";

const pem = () =>
  generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
const [house, own] = [pem(), pem()];
const iban = "MT84MALT011000012345MTLCAST001S";
const journal = join(mkdtempSync(join(tmpdir(), "bank-")), "bank.jsonl");
const told: { read: ReturnType<Bank["readWebhook"]>; message: BankMessage }[] = [];
let listener: Server;
let simulated: SimulatedPsp;
let bank: Bank;

beforeAll(async () => {
  listener = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const headers = request.headers as Record<string, string>;
      told.push({ read: bank.readWebhook(body, headers, Date.now()), message: bank.readMessage(body) });
      response.end("{}");
    });
  });
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  await start();
});
afterEach(() => misbehave({}));
afterAll(async () => {
  await simulated.stop();
  listener.close();
});

async function start(): Promise<void> {
  simulated = await startSimulatedBank({
    port: 0,
    journal,
    webhookUrl: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/v1/webhooks/bank`,
    iban,
    currency: "EUR",
    bookMs: 60,
    houseKeyId: "house-1",
    houseKey: house.publicKey,
    keyId: "bank-1",
    privateKey: own.privateKey,
  });
  bank = createIsoBank({
    code: "bank",
    name: "Bank",
    url: simulated.url,
    account: { iban, bic: "MALTMTMT", holder: "Casino", currency: "EUR" },
    keyId: "house-1",
    privateKey: house.privateKey,
    bankKeys: [{ keyId: "bank-1", publicKey: own.publicKey }],
    batchSeconds: 1,
    settlements: [],
  });
}

async function post(path: string, body: object, method = "POST"): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${simulated.url}/_simulator${path}`, { method, headers, body: JSON.stringify(body) });
}
async function misbehave(faults: object): Promise<void> {
  await post("/faults", faults, "PUT");
}

let files = 0;
const to = (end: string): string => makeIban("DE", `37040044053201${end}`) ?? "";
function fileOf(...ends: string[]): PaymentFile {
  files += 1;
  return {
    messageId: `FILE-${files}`,
    at: new Date(),
    payments: ends.map((end, index) => ({
      endToEndId: `pay_${files}${index}`,
      amount: 4_001n,
      name: "Jürgen & Söhne",
      iban: to(end),
      remittance: "Withdrawal",
    })),
  };
}

async function submit(file: PaymentFile) {
  const asked = await bank.submit(bank.renderFile(file));
  if (asked.kind !== "answered") throw new Error(`not answered: ${asked.why}`);
  return asked.value;
}

async function untilStatus(endToEndId: string, status: string) {
  return vi.waitFor(async () => {
    const asked = await bank.findPayment(endToEndId);
    const payment = asked.kind === "answered" ? asked.value?.payments[0] : undefined;
    expect(payment?.status).toBe(status);
    return payment;
  });
}

function movements() {
  return told.flatMap(({ message }) =>
    message.kind === "movements" ? message.reports.flatMap((report) => report.movements) : [],
  );
}

test("a file is taken in part, paid, and the house is told of each step", async () => {
  const file = fileOf("3000", "9041", "9044");
  const taken = await submit(file);
  expect(taken.payments.map(({ status, reason }) => [status, reason])).toEqual([
    ["ACCP", null],
    ["RJCT", "AC04"],
    ["ACCP", null],
  ]);
  const paid = await untilStatus("pay_10", "ACSC");
  expect(paid).toMatchObject({ state: "PAID", settled: 4_001n });
  expect(await untilStatus("pay_12", "ACSC")).toMatchObject({ settled: 2_000n });
  await vi.waitFor(() =>
    expect(movements().map(({ amount }) => amount)).toEqual(expect.arrayContaining([-4_001n, -2_000n])),
  );
  expect(movements()).toContainEqual(
    expect.objectContaining({ endToEndId: "pay_10", order: paid?.reference, iban: to("3000") }),
  );
  expect(told.every(({ read }) => read.kind === "event")).toBe(true);
});

test("the same file again is the same file, and another one under its id is refused", async () => {
  const file = fileOf("3000");
  const first = await submit(file);
  const again = await submit(file);
  expect(again.payments[0]?.reference).toBe(first.payments[0]?.reference);
  const other = await submit({
    ...file,
    payments: [{ ...file.payments[0], amount: 1n } as PaymentFile["payments"][number]],
  });
  expect(other.refused).toBe("AM05");
});

test("an answer that is lost leaves a file that is found", async () => {
  await misbehave({ lostAnswer: 1 });
  const file = fileOf("3000");
  expect(await bank.submit(bank.renderFile(file))).toMatchObject({ kind: "unanswered" });
  await misbehave({});
  expect(await bank.findFile(file.messageId)).toMatchObject({
    kind: "answered",
    value: { payments: [{ state: expect.any(String) as string }] },
  });
  expect(await bank.findFile("FILE-NEVER")).toEqual({ kind: "answered", value: undefined });
});

test("what the receiver's bank sends back is told with its reason", async () => {
  await submit(fileOf("9042"));
  await vi.waitFor(() =>
    expect(movements()).toContainEqual(expect.objectContaining({ amount: 4_001n, returnReason: "AC04" })),
  );
});

test("a slow one waits, a silent one is never heard of, and both are there after a restart", async () => {
  const file = fileOf("9043", "9045");
  expect((await submit(file)).payments.map(({ status }) => status)).toEqual(["PDNG", "ACCP"]);
  await simulated.stop();
  await start();
  await untilStatus(file.payments[0]?.endToEndId ?? "", "ACSC");
  await untilStatus(file.payments[1]?.endToEndId ?? "", "ACCP");
});

test("a payer's words and reference are told, and stand in the statement of the day", async () => {
  const day = new Date().toISOString().slice(0, 10);
  const sent = {
    amount: "50.00",
    name: "Ada Byron",
    iban: "GB29NWBK60161331926819",
    reference: "RF18539007547034",
    remittance: "for <fun>",
  };
  await post("/credits", sent);
  const expected = {
    amount: 5_000n,
    name: "Ada Byron",
    iban: sent.iban,
    creditorReference: sent.reference,
    remittance: sent.remittance,
  };
  await vi.waitFor(() => expect(movements()).toContainEqual(expect.objectContaining(expected)));
  await post("/close-day", { day });
  const listed = await bank.listStatements(null);
  const id = listed.kind === "answered" ? (listed.value.at(-1) ?? "") : "";
  const statement = await bank.readStatement(id);
  const message = bank.readMessage(Buffer.from(statement.kind === "answered" ? statement.value : ""));
  const all = message.kind === "movements" ? message.reports.flatMap((report) => report.movements) : [];
  expect(all).toContainEqual(expect.objectContaining(expected));
  expect(new Set(all.map(({ reference }) => reference)).size).toBe(all.length);
  expect(await bank.listStatements(id)).toEqual({ kind: "answered", value: [] });
});

test("a call that the house did not sign is refused", async () => {
  expect((await fetch(`${simulated.url}/statements`)).status).toBe(401);
});
