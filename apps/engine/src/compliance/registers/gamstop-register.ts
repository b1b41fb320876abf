/**
 * GAMSTOP's form of call: one person as a form, answered in the headers `X-Exclusion` (Y; N; P for an exclusion that is over)
 * and `X-Unique-Id`; many as JSON, answered in the same order.
 */
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { ExclusionRegister, RegisterPerson } from "./exclusion-register.ts";
import type { GamstopSettings } from "./read-registers.ts";

const answerWithinMs = 4_000;
const exclusion = z.enum(["Y", "N", "P"]);
const batchAnswer = z.array(z.object({ correlationId: z.string(), exclusion, msRequestId: z.string().nullish() }));

export function createGamstopRegister({ code, name, url, apiKey }: GamstopSettings): ExclusionRegister {
  const base = url.replace(/\/$/, "");
  const down = (why: unknown) =>
    err("REGISTER_UNAVAILABLE", `${name}: ${why instanceof Error ? why.message : String(why)}`);

  async function post(path: string, type: string, body: string): Promise<Response> {
    const headers = { "x-api-key": apiKey, "content-type": type };
    return fetch(base + path, { method: "POST", headers, body, signal: AbortSignal.timeout(answerWithinMs) });
  }

  return {
    code,
    name,
    mostAtOnce: 1_000,
    async ask(person) {
      try {
        const form = new URLSearchParams(fieldsOf(person)).toString();
        const answer = await post("/v2", "application/x-www-form-urlencoded", form);
        await answer.body?.cancel();
        const said = exclusion.safeParse(answer.headers.get("x-exclusion"));
        if (!answer.ok || !said.success) return down(`answered ${answer.status} without an exclusion`);
        return ok({ excluded: said.data === "Y", reference: answer.headers.get("x-unique-id") });
      } catch (error) {
        return down(error);
      }
    },
    async askMany(people) {
      try {
        const rows = people.map((person, index) => ({ correlationId: String(index), ...fieldsOf(person) }));
        const answer = await post("/v2/batch", "application/json", JSON.stringify(rows));
        const read = batchAnswer.safeParse(answer.ok ? await answer.json() : undefined);
        if (!read.success) return down(`answered ${answer.status}, which is not understood`);
        const byId = new Map(read.data.map((one) => [one.correlationId, one]));
        const found = people.map((_, index) => byId.get(String(index)));
        if (found.some((one) => one === undefined)) return down("answered for fewer people than it was asked about");
        return ok(found.map((one) => ({ excluded: one?.exclusion === "Y", reference: one?.msRequestId ?? null })));
      } catch (error) {
        return down(error);
      }
    },
  };
}

function fieldsOf({ firstName, lastName, birthDate, email, phone, address }: RegisterPerson): Record<string, string> {
  return {
    firstName,
    lastName,
    dateOfBirth: birthDate,
    email: email ?? "",
    mobile: phone ?? "",
    postcode: postcodeOf(address ?? ""),
  };
}

/** The British postcode in an address, without its space; empty where there is none. */
export function postcodeOf(address: string): string {
  return (/[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b/i.exec(address)?.[0] ?? "").replace(/\s+/g, "").toUpperCase();
}
