/**
 * A gateway between providers of wallets. Who the receiver's provider is says what it answers: one whose name holds
 * "refuses" does not take it, one with "slow" takes a moment, and one with "silent" never answers.
 */
import { z } from "zod";
import { answerOrBreak, createPspServer, type SimulatedPsp, type SimulatedPspOptions } from "../serve.ts";

const message = z.object({
  counterparty: z.string().min(1),
  asset: z.string(),
  amount: z.string(),
  destination: z.string().min(20),
  ivms101: z.object({
    originator: z.object({ originatorPersons: z.array(z.unknown()).min(1) }),
    beneficiary: z.object({ beneficiaryPersons: z.array(z.unknown()).min(1) }),
  }),
});

interface Told {
  readonly id: string;
  readonly body: string;
  readonly counterparty: string;
  readonly at: number;
}

const slowMs = 1_500;

export async function startSimulatedGateway(
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
  const told = new Map<string, Told>();
  server.put<{ Params: { id: string } }>("/v1/transfers/:id", (request, reply) => {
    if (request.headers.authorization !== `Bearer ${options.token}`) return reply.code(401).send({});
    if (faults.strikes("fail")) return reply.code(503).send({});
    const read = message.safeParse(request.body);
    if (!read.success) return reply.code(400).send({ message: z.prettifyError(read.error) });
    const { id } = request.params;
    const body = JSON.stringify(read.data);
    const known = told.get(id);
    if (known !== undefined && known.body !== body) return reply.code(409).send({ message: "It was told otherwise." });
    const now: Told = known ?? { id, body, counterparty: read.data.counterparty, at: Date.now() };
    told.set(id, now);
    return answerOrBreak(faults, request, reply, answerOf(now));
  });
  // What was told, for whoever wants to see it.
  server.get("/_simulator/told", () =>
    [...told.values()].map(({ id, body }) => ({ id, ...(JSON.parse(body) as object) })),
  );
  return psp.listen();
}

function answerOf({ id, counterparty, at }: Told): object {
  const name = counterparty.toLowerCase();
  if (name.includes("refuses"))
    return { id: `tr_${id}`, status: "REJECTED", reason: "The receiver is no customer of ours." };
  const waits = name.includes("silent") || (name.includes("slow") && Date.now() - at < slowMs);
  return { id: `tr_${id}`, status: waits ? "PENDING" : "ACCEPTED" };
}
