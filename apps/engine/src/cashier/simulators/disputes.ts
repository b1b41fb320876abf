/** Disputes of a simulated provider: opened by a card, by hand, and decided a while after something was said against them. */
import type { FastifyInstance } from "fastify";
import { openJournal } from "./journal.ts";

export interface SimulatedDispute {
  readonly id: string;
  /** The provider's id of the payment, and the house's of the deposit. */
  readonly payment: string;
  readonly depositId: string;
  readonly amount: number;
  readonly currency: string;
  readonly opened: string;
  readonly dueAt: string;
  status: "OPEN" | "SUBMITTED" | "ACCEPTED" | "WON" | "LOST";
  /** Names of the files that came. */
  files: readonly string[];
}

export interface Disputes {
  open(depositId: string): SimulatedDispute | undefined;
  byId(id: string): SimulatedDispute | undefined;
  all(): readonly SimulatedDispute[];
  /** A file came; it counts once the evidence is submitted. */
  addFile(dispute: SimulatedDispute, name: string): void;
  /** False where the time is over or it is decided. Evidence with a file wins, a while later. */
  submit(dispute: SimulatedDispute): boolean;
  accept(dispute: SimulatedDispute): boolean;
}

interface Options {
  readonly journal: string;
  readonly newId: () => string;
  readonly findPayment: (depositId: string) => Pick<SimulatedDispute, "payment" | "amount" | "currency"> | undefined;
  readonly tell: (change: "OPEN" | "WON" | "LOST", dispute: SimulatedDispute) => void;
}

/** How long a bank thinks, ms. */
const decideMs = 1_500;
const dueDays = 10;

export function registerDisputes(server: FastifyInstance, { journal, newId, findPayment, tell }: Options): Disputes {
  const all = openJournal<SimulatedDispute>(journal.replace(/\.jsonl$/, "-disputes.jsonl"));

  function close(dispute: SimulatedDispute, status: "WON" | "LOST"): void {
    if (dispute.status === "WON" || dispute.status === "LOST") return;
    all.change(dispute, { status });
    tell(status, dispute);
  }

  const disputes: Disputes = {
    byId: (id) => all.byId(id),
    all: () => all.all(),
    open(depositId) {
      const payment = findPayment(depositId);
      if (payment === undefined) return undefined;
      const dispute: SimulatedDispute = {
        id: newId(),
        ...payment,
        depositId,
        opened: new Date().toISOString(),
        dueAt: new Date(Date.now() + dueDays * 86_400_000).toISOString(),
        status: "OPEN",
        files: [],
      };
      all.add(dispute);
      tell("OPEN", dispute);
      return dispute;
    },
    addFile: (dispute, name) => all.change(dispute, { files: [...dispute.files, name] }),
    submit(dispute) {
      if (dispute.status === "SUBMITTED") return true;
      if (dispute.status !== "OPEN" || Date.parse(dispute.dueAt) < Date.now()) return false;
      all.change(dispute, { status: "SUBMITTED" });
      setTimeout(() => close(dispute, dispute.files.length > 0 ? "WON" : "LOST"), decideMs).unref();
      return true;
    },
    accept(dispute) {
      if (dispute.status === "ACCEPTED") return true;
      if (dispute.status !== "OPEN") return false;
      all.change(dispute, { status: "ACCEPTED" });
      setTimeout(() => close(dispute, "LOST"), decideMs).unref();
      return true;
    },
  };
  server.addContentTypeParser("multipart/form-data", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  server.post<{ Body: { depositId: string } }>("/_simulator/disputes", (request, reply) => {
    const dispute = disputes.open(request.body.depositId);
    return dispute === undefined ? reply.code(404).send() : reply.send(dispute);
  });
  server.post<{ Params: { id: string }; Body: { won: boolean } }>(
    "/_simulator/disputes/:id/close",
    (request, reply) => {
      const dispute = all.byId(request.params.id);
      if (dispute === undefined) return reply.code(404).send();
      close(dispute, request.body.won ? "WON" : "LOST");
      return reply.send(dispute);
    },
  );
  return disputes;
}

/** The name of the file in a multipart body; what is in it decides nothing here. */
export function readUploadName(body: unknown): string | undefined {
  const text = Buffer.isBuffer(body) ? body.toString("latin1") : "";
  const name = /^content-disposition: form-data;[^\r\n]*\bfilename="([^"\r\n]+)"/im.exec(text)?.[1];
  return name === undefined ? undefined : Buffer.from(name, "latin1").toString("utf8");
}
