/** Two registers of self-excluded people at one address: one that speaks GAMSTOP's form, one that speaks OASIS's. */
import { timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify from "fastify";
import { z } from "zod";
import { createFaults, type FaultSettings, faultSettings } from "../../cashier/simulators/faults.ts";
import { openJournal, randomId } from "../../cashier/simulators/journal.ts";
import type { SimulatedService } from "./simulated-sumsub.ts";

export interface SimulatedRegistersOptions {
  readonly port: number;
  readonly apiKey: string;
  readonly user: string;
  readonly password: string;
  /** The file that the excluded people are kept in. */
  readonly journal: string;
  readonly faults?: Partial<FaultSettings>;
}

/** One person in one register; `excluded` false is one who was in it. */
const entry = z.strictObject({
  register: z.enum(["gamstop", "oasis"]),
  firstName: z.string().min(1),
  lastName: z.string().min(1),
  birthDate: z.iso.date(),
  excluded: z.boolean(),
});
type Entry = z.infer<typeof entry> & { readonly id: string };

const asked = z.object({ firstName: z.string(), lastName: z.string(), dateOfBirth: z.string() });
const batch = z.array(asked.extend({ correlationId: z.string() })).max(1_000);

export async function startSimulatedRegisters(options: SimulatedRegistersOptions): Promise<SimulatedService> {
  const server = Fastify({ forceCloseConnections: true, bodyLimit: 4 * 1024 * 1024 });
  const faults = createFaults(faultSettings.parse(options.faults ?? {}));
  const entries = openJournal<Entry>(options.journal);
  const idOf = (register: string, first: string, last: string, born: string) =>
    [register, first.trim().toLowerCase(), last.trim().toLowerCase(), born].join("|");
  const gamstop = ({ firstName, lastName, dateOfBirth }: z.infer<typeof asked>) => {
    const found = entries.byId(idOf("gamstop", firstName, lastName, dateOfBirth));
    return found === undefined ? "N" : found.excluded ? "Y" : "P";
  };
  const authorized = Buffer.from(`Basic ${Buffer.from(`${options.user}:${options.password}`).toString("base64")}`);

  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  server.addHook("preHandler", async (request, reply) => {
    if (request.url.startsWith("/_simulator/")) return undefined;
    await sleep(faults.settings.answerDelayMs);
    if (faults.strikes("fail")) return reply.code(503).send();
    const given = Buffer.from(
      String(request.headers[request.url === "/spielerstatus" ? "authorization" : "x-api-key"]),
    );
    const good = request.url === "/spielerstatus" ? authorized : Buffer.from(options.apiKey);
    return given.length === good.length && timingSafeEqual(given, good) ? undefined : reply.code(403).send();
  });
  server.post<{ Body: string }>("/v2", (request, reply) => {
    const read = asked.safeParse(Object.fromEntries(new URLSearchParams(request.body)));
    if (!read.success) return reply.code(400).send();
    return reply.header("x-exclusion", gamstop(read.data)).header("x-unique-id", randomId(8)).send();
  });
  server.post<{ Body: string }>("/v2/batch", (request, reply) => {
    const read = batch.safeParse(JSON.parse(request.body));
    if (!read.success) return reply.code(400).send();
    return reply.send(
      read.data.map((one) => ({ correlationId: one.correlationId, exclusion: gamstop(one), msRequestId: randomId(8) })),
    );
  });
  server.post<{ Body: string }>("/spielerstatus", (request, reply) => {
    const field = (name: string) => unescape(new RegExp(`<${name}>([^<]*)</${name}>`).exec(request.body)?.[1] ?? "");
    const found = entries.byId(idOf("oasis", field("VORNAME"), field("NACHNAME"), field("GEBURTSDATUM")));
    const barred = String(found?.excluded === true);
    return reply
      .type("application/xml")
      .send(
        `<?xml version="1.0" encoding="UTF-8"?><SPIELERSTATUSERGEBNIS><AUSKUNFT_ID>${randomId(8)}</AUSKUNFT_ID><SPIELER_GESPERRT>${barred}</SPIELER_GESPERRT></SPIELERSTATUSERGEBNIS>`,
      );
  });
  server.put<{ Body: string }>("/_simulator/people", (request) => {
    const told = entry.parse(JSON.parse(request.body));
    const id = idOf(told.register, told.firstName, told.lastName, told.birthDate);
    entries.add({ ...told, id });
    return { id };
  });
  server.get("/_simulator/faults", () => faults.settings);
  server.put<{ Body: string }>("/_simulator/faults", (request) => {
    faults.settings = faultSettings.parse(JSON.parse(request.body));
    return faults.settings;
  });

  await server.listen({ host: "127.0.0.1", port: options.port });
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  };
}

function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
