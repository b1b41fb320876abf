/** A custodian in Fireblocks' dialect: signed calls in, signed webhooks out, and chains of its own under it. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { checkCall } from "../../custody/fireblocks/request-token.ts";
import { signFireblocks } from "../../custody/fireblocks/webhook-signature.ts";
import type { Faults } from "../faults.ts";
import { openJournal } from "../journal.ts";
import { answerOrBreak, createPspServer, type SimulatedPsp, type SimulatedPspOptions } from "../serve.ts";
import { openChain, type SimulatedTransaction } from "./chain.ts";
import { randomAddress } from "./random-address.ts";
import { createVaults, type Vaults } from "./vaults.ts";

export interface FireblocksOptions extends Omit<SimulatedPspOptions, "secretKey" | "webhookSecret" | "merchant"> {
  readonly apiKey: string;
  /** PEM: the house's, whose other half the custodian was given. */
  readonly privateKey: string;
  readonly hotVault: string;
  /** How often a block comes, ms. */
  readonly blockMs: number;
  readonly onIncoming?: (transaction: SimulatedTransaction) => void;
}

const kid = "simulated-1";
const order = z.object({
  operation: z.literal("TRANSFER"),
  externalTxId: z.string().min(1).max(255),
  assetId: z.enum(["BTC", "ETH", "USDT_ERC20"]),
  amount: z.string().regex(/^[0-9]+(\.[0-9]+)?$/),
  source: z.object({ type: z.literal("VAULT_ACCOUNT"), id: z.string() }),
  destination: z.object({
    type: z.literal("ONE_TIME_ADDRESS"),
    oneTimeAddress: z.object({ address: z.string().min(20) }),
  }),
});
const incoming = z.object({
  address: z.string(),
  assetId: z.enum(["BTC", "ETH", "USDT_ERC20"]),
  amount: z.string(),
  from: z.string().optional(),
});

export async function startSimulatedFireblocks(options: FireblocksOptions): Promise<SimulatedPsp> {
  const psp = createPspServer({ ...options, secretKey: "", webhookSecret: "", merchant: "" });
  const { server, faults, sender } = psp;
  const key = openKey(`${options.journal}.webhook-key.pem`);
  const vaults = createVaults(openJournal(`${options.journal}.vaults`), options.hotVault);
  const chain = openChain(options.journal, options.blockMs, (transaction) => {
    if (transaction.incoming && transaction.status === "BROADCASTING") options.onIncoming?.(transaction);
    if (transaction.status === "COMPLETED" || transaction.status === "FAILED") vaults.settle(transaction);
    const event = {
      id: randomUUID(),
      eventType:
        transaction.confirmations === 0 && transaction.status === "SUBMITTED"
          ? "transaction.created"
          : "transaction.status.updated",
      eventVersion: 1,
      resourceId: transaction.id,
      workspaceId: "simulated",
      createdAt: Date.now(),
      data: render(transaction),
    };
    const body = JSON.stringify(event);
    const headers = () => ({
      "content-type": "application/json",
      "fireblocks-webhook-signature": signFireblocks(Buffer.from(body), kid, key),
    });
    sender.send({ body, headers });
  });
  server.removeContentTypeParser("application/json");
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    (request as FastifyRequest & { text?: string }).text = body as string;
    done(null, body === "" ? {} : JSON.parse(body as string));
  });
  authenticate(server, options);
  server.get("/.well-known/jwks.json", () => ({
    keys: [{ ...createPublicKey(key).export({ format: "jwk" }), kid, alg: "RS512", use: "sig" }],
  }));
  registerVaults(server, vaults, faults);
  registerTransactions(server, { vaults, faults, chain });
  const running = await psp.listen();
  return {
    url: running.url,
    stop: async () => {
      chain.stop();
      await running.stop();
    },
  };
}

function authenticate(server: FastifyInstance, { apiKey, privateKey }: FireblocksOptions): void {
  const publicKey = createPublicKey(createPrivateKey(privateKey));
  const used = new Set<string>();
  server.addHook("preHandler", async (request, reply) => {
    if (!request.url.startsWith("/v1/")) return;
    const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    const { text = "" } = request as FastifyRequest & { text?: string };
    const call = { path: request.url, body: text };
    const checked = checkCall(token, call, { apiKey, publicKey, nowMs: Date.now() });
    const why = checked.ok ? (used.has(checked.nonce) ? "The number was used before." : undefined) : checked.why;
    if (why !== undefined) {
      await reply.code(401).send({ code: -7, message: why });
      return;
    }
    if (checked.ok) used.add(checked.nonce);
  });
}

function registerVaults(server: FastifyInstance, vaults: Vaults, faults: Faults): void {
  const fail = (reply: FastifyReply) => reply.code(500).send({ code: 1, message: "A trouble of ours." });
  server.get<{ Querystring: { namePrefix?: string } }>("/v1/vault/accounts_paged", (request) => ({
    accounts: vaults.all().filter(({ name }) => name.startsWith(request.query.namePrefix ?? "")),
  }));
  server.post<{ Body: { name: string; customerRefId?: string } }>("/v1/vault/accounts", (request, reply) => {
    if (faults.strikes("fail")) return fail(reply);
    const idempotencyKey = request.headers["idempotency-key"];
    const made = vaults.open(request.body.name, request.body.customerRefId ?? null, String(idempotencyKey));
    return answerOrBreak(faults, request, reply, made);
  });
  server.post<{ Params: { id: string; asset: string } }>("/v1/vault/accounts/:id/:asset", (request, reply) => {
    if (faults.strikes("fail")) return fail(reply);
    const { id, asset } = request.params;
    const address = vaults.addAsset(id, asset, randomAddress);
    if (address === undefined) return reply.code(400).send({ code: 1026, message: "The account has this asset." });
    return answerOrBreak(faults, request, reply, { id, address });
  });
  server.get<{ Params: { id: string; asset: string } }>(
    "/v1/vault/accounts/:id/:asset/addresses_paginated",
    (request) => {
      const address = vaults.addressOf(request.params.id, request.params.asset);
      return { addresses: address === undefined ? [] : [{ address, assetId: request.params.asset }] };
    },
  );
  server.get<{ Params: { id: string; asset: string } }>("/v1/vault/accounts/:id/:asset", (request, reply) => {
    if (faults.strikes("fail")) return fail(reply);
    return reply.send({ id: request.params.asset, ...vaults.balance(request.params.id, request.params.asset) });
  });
  server.put<{ Params: { id: string; asset: string }; Body: { total: string } }>(
    "/_simulator/vaults/:id/:asset",
    (request) => {
      vaults.fill(request.params.id, request.params.asset, request.body.total);
      return vaults.balance(request.params.id, request.params.asset);
    },
  );
}

function registerTransactions(
  server: FastifyInstance,
  { vaults, faults, chain }: { vaults: Vaults; faults: Faults; chain: ReturnType<typeof openChain> },
): void {
  const { journal } = chain;
  server.post("/v1/transactions", (request, reply) => {
    if (faults.strikes("fail")) return reply.code(500).send({ code: 1, message: "A trouble of ours." });
    const read = order.safeParse(request.body);
    if (!read.success) return reply.code(400).send({ code: 1427, message: z.prettifyError(read.error) });
    const { externalTxId, assetId, amount, source, destination } = read.data;
    if (journal.find((one) => one.externalTxId === externalTxId) !== undefined) {
      return reply.code(400).send({ code: 1438, message: "The external tx id that was provided already exists." });
    }
    if (!vaults.lock(source.id, assetId, amount)) {
      return reply.code(400).send({ code: 1401, message: "The account does not hold that much." });
    }
    const { address } = destination.oneTimeAddress;
    const made = chain.add({
      id: randomUUID(),
      externalTxId,
      assetId,
      amount,
      incoming: false,
      vault: source.id,
      address,
      sourceAddress: vaults.addressOf(source.id, assetId) ?? "",
      createdAt: Date.now(),
    });
    return answerOrBreak(faults, request, reply, { id: made.id, status: made.status });
  });
  const show = (transaction: SimulatedTransaction | undefined, reply: FastifyReply) =>
    transaction === undefined
      ? reply.code(404).send({ code: 1001, message: "Not found." })
      : reply.send(render(transaction));
  server.get<{ Params: { id: string } }>("/v1/transactions/:id", (request, reply) =>
    faults.strikes("fail") ? reply.code(500).send({}) : show(journal.byId(request.params.id), reply),
  );
  server.get<{ Params: { id: string } }>("/v1/transactions/external_tx_id/:id", (request, reply) =>
    faults.strikes("fail")
      ? reply.code(500).send({})
      : show(
          journal.find((one) => one.externalTxId === request.params.id),
          reply,
        ),
  );
  // What somebody outside sends to one of the addresses.
  server.post("/_simulator/transfers", (request, reply) => {
    const read = incoming.safeParse(request.body);
    const vault = read.success ? vaults.ownerOf(read.data.assetId, read.data.address) : undefined;
    if (!read.success || vault === undefined) return reply.code(404).send();
    const { address, assetId, amount, from } = read.data;
    const sourceAddress = from ?? randomAddress(assetId);
    return reply.send(
      chain.add({
        id: randomUUID(),
        externalTxId: null,
        assetId,
        amount,
        incoming: true,
        vault,
        address,
        sourceAddress,
        createdAt: Date.now(),
      }),
    );
  });
  server.post<{ Params: { id: string }; Body: { drop?: boolean } }>(
    "/_simulator/transfers/:id/reorganise",
    (request, reply) => {
      const found = journal.byId(request.params.id) ?? journal.find((one) => one.externalTxId === request.params.id);
      if (found === undefined) return reply.code(404).send();
      chain.reorganise(found, request.body.drop ?? false);
      return reply.send(render(found));
    },
  );
}

function render(transaction: SimulatedTransaction): object {
  const { incoming: comes, vault } = transaction;
  const account = { type: "VAULT_ACCOUNT", id: vault };
  const outside = { type: comes ? "UNKNOWN" : "ONE_TIME_ADDRESS", id: null };
  return {
    id: transaction.id,
    externalTxId: transaction.externalTxId,
    assetId: transaction.assetId,
    status: transaction.status,
    subStatus: transaction.subStatus,
    txHash: transaction.txHash ?? "",
    numOfConfirmations: transaction.confirmations,
    operation: "TRANSFER",
    source: comes ? outside : account,
    sourceAddress: transaction.sourceAddress,
    destination: comes ? account : outside,
    destinationAddress: transaction.address,
    amountInfo: { amount: transaction.amount, requestedAmount: transaction.amount, netAmount: transaction.amount },
    feeInfo: transaction.networkFee === null ? {} : { networkFee: transaction.networkFee },
    feeCurrency: transaction.assetId === "BTC" ? "BTC" : "ETH",
    createdAt: transaction.createdAt,
  };
}

/** The custodian's own key outlives the process, as its keys do. */
function openKey(path: string): KeyObject {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3_072 });
    writeFileSync(path, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  }
  return createPrivateKey(readFileSync(path));
}
