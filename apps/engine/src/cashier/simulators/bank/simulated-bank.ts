/**
 * The house's bank: an account to which payment providers pay out, and whose days it tells as camt.053 statements, by
 * HTTP with a key. A day's statement is there once the day is over, or when it is asked to close it.
 */
import { type Journal, openJournal, randomId } from "../journal.ts";
import { createPspServer, isApi, type SimulatedPsp, type SimulatedPspOptions } from "../serve.ts";
import { renderCamt053, type SimulatedEntry, type SimulatedStatement } from "./render-camt053.ts";

export interface SimulatedBankOptions extends Pick<SimulatedPspOptions, "port" | "secretKey" | "journal"> {
  readonly iban: string;
  readonly currency: string;
}

interface Booking extends SimulatedEntry {
  /** The statement that tells it; none until its day is closed. */
  statement: string | null;
}

interface World {
  readonly bookings: Journal<Booking>;
  readonly statements: Journal<SimulatedStatement>;
  readonly options: SimulatedBankOptions;
}

export async function startSimulatedBank(options: SimulatedBankOptions): Promise<SimulatedPsp> {
  const parts = createPspServer({ ...options, webhookSecret: "", merchant: "", webhookUrl: "http://127.0.0.1:9/" });
  const { server, faults } = parts;
  const world: World = {
    options,
    bookings: openJournal<Booking>(options.journal),
    statements: openJournal<SimulatedStatement>(`${options.journal}.statements`),
  };
  server.addHook("preHandler", async (request, reply) => {
    if (!isApi(request)) return;
    if (request.headers.authorization !== `Bearer ${options.secretKey}`) await reply.code(401).send();
    else if (faults.strikes("fail")) await reply.code(500).send();
  });
  server.get<{ Querystring: { after?: string } }>("/statements", (request) => {
    const all = world.statements.all();
    const from = request.query.after === undefined ? 0 : all.findIndex(({ id }) => id === request.query.after) + 1;
    return { statements: all.slice(from).map(({ id, day, sequence }) => ({ id, day, sequence })) };
  });
  server.get<{ Params: { id: string } }>("/statements/:id", (request, reply) => {
    const found = world.statements.byId(request.params.id);
    if (found === undefined) return reply.code(404).send();
    return reply.type("application/xml").send(renderCamt053(found));
  });
  server.post("/_simulator/bookings", (request) => {
    const given = request.body as Omit<Booking, "id" | "statement">;
    const booking: Booking = { ...given, id: `BK${randomId(7).toUpperCase()}`, statement: null };
    world.bookings.add(booking);
    return booking;
  });
  server.post("/_simulator/close-day", (request, reply) => {
    const { day } = request.body as { day: string };
    return reply.send({ statement: closeDay(world, day)?.id ?? null });
  });
  return parts.listen();
}

/** The statement of all that was booked up to that day and not told yet; a day without any has one too. */
function closeDay({ bookings, statements, options }: World, day: string): SimulatedStatement | undefined {
  const last = statements.all().at(-1);
  if (last !== undefined && last.day >= day) return undefined;
  const told = bookings.all().filter((one) => one.statement === null && one.bookedOn <= day);
  const opening = last === undefined ? 0 : last.opening + last.entries.reduce((sum, { amount }) => sum + amount, 0);
  const made: SimulatedStatement = {
    id: `STMT-${day}-${randomId(3).toUpperCase()}`,
    sequence: (last?.sequence ?? 0) + 1,
    iban: options.iban,
    currency: options.currency,
    day,
    opening,
    entries: told.map(({ statement: _statement, ...one }) => one),
  };
  statements.add(made);
  for (const one of told) bookings.change(one, { statement: made.id });
  return made;
}
