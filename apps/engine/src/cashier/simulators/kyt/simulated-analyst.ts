/**
 * An analyst of chains in Chainalysis' dialect. What it finds is said by what it is asked about: addresses can be given a
 * past at `PUT /_simulator/addresses/<address>`; all others have none.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createPspServer, type SimulatedPsp, type SimulatedPspOptions } from "../serve.ts";

const past = z.array(
  z.object({
    alertLevel: z.enum(["LOW", "MEDIUM", "HIGH", "SEVERE"]),
    category: z.string(),
    exposureType: z.enum(["DIRECT", "INDIRECT"]),
    service: z.string().nullable().default(null),
  }),
);

interface Asked {
  readonly externalId: string;
  readonly address: string;
  readonly readyAt: number;
}

/** How long it looks, ms. */
const looksMs = 300;

export async function startSimulatedAnalyst(
  options: Pick<SimulatedPspOptions, "port" | "faults"> & { readonly token: string },
): Promise<SimulatedPsp> {
  const psp = createPspServer({
    ...options,
    secretKey: "",
    webhookSecret: "",
    merchant: "",
    webhookUrl: "",
    journal: "",
  });
  const { server, faults } = psp;
  const pasts = new Map<string, z.infer<typeof past>>();
  const asked = new Map<string, Asked>();
  const byReference = new Map<string, Asked>();
  server.addHook("preHandler", async (request, reply) => {
    if (!request.url.startsWith("/api/")) return;
    if (request.headers["token"] !== options.token) await reply.code(403).send({ message: "Forbidden" });
    else if (faults.strikes("fail")) await reply.code(503).send({ message: "Unavailable" });
  });
  const register = (reference: string, address: string): Asked => {
    const known = byReference.get(reference);
    if (known !== undefined) return known;
    const made = { externalId: randomUUID(), address: address.toLowerCase(), readyAt: Date.now() + looksMs };
    asked.set(made.externalId, made);
    byReference.set(reference, made);
    return made;
  };
  const show = ({ externalId, readyAt }: Asked): object => ({
    externalId,
    updatedAt: Date.now() >= readyAt ? new Date(readyAt).toISOString() : null,
  });
  server.post<{ Body: { transferReference: string; outputAddress: string } }>(
    "/api/kyt/v2/users/:user/transfers",
    (request, reply) => {
      const { transferReference } = request.body;
      const source = sourcesOf.get(transferReference.split(":")[0] ?? "") ?? request.body.outputAddress;
      return reply.code(202).send(show(register(transferReference, source)));
    },
  );
  // A real analyst reads the chain; this one is told who sent what.
  const sourcesOf = new Map<string, string>();
  server.put<{ Params: { hash: string }; Body: { source: string } }>("/_simulator/transfers/:hash", (request) => {
    sourcesOf.set(request.params.hash, request.body.source);
    return {};
  });
  server.post<{ Body: { attemptIdentifier: string; address: string } }>(
    "/api/kyt/v2/users/:user/withdrawal-attempts",
    (request, reply) => reply.code(202).send(show(register(request.body.attemptIdentifier, request.body.address))),
  );
  for (const kind of ["transfers", "withdrawal-attempts"]) {
    server.get<{ Params: { id: string } }>(`/api/kyt/v2/${kind}/:id`, (request, reply) => {
      const found = asked.get(request.params.id);
      return found === undefined ? reply.code(404).send({}) : reply.send(show(found));
    });
    server.get<{ Params: { id: string } }>(`/api/kyt/v2/${kind}/:id/alerts`, (request, reply) => {
      const found = asked.get(request.params.id);
      if (found === undefined) return reply.code(404).send({});
      return reply.send({ alerts: pasts.get(found.address) ?? [] });
    });
  }
  server.put<{ Params: { address: string } }>("/_simulator/addresses/:address", (request) => {
    pasts.set(request.params.address.toLowerCase(), past.parse(request.body));
    return {};
  });
  return psp.listen();
}
