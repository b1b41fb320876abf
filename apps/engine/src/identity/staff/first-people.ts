/** Who opens a house: an admin, and somebody who can be the second person for what an admin does. */
import type { Role } from "@pitboss/domain/identity/roles";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { FirstPerson } from "./open-house.ts";

const named = /^\s*([^<>]{1,120}?)\s*<([^<>\s]+)>\s*$/;

/** Each is `Name <address>`, as in a mail. */
export function readFirstPeople(given: {
  readonly admin?: readonly string[] | undefined;
  readonly compliance?: readonly string[] | undefined;
}): Result<readonly FirstPerson[], Failure<"REQUEST_INVALID">> {
  const people: FirstPerson[] = [];
  for (const [role, texts] of [
    ["admin", given.admin ?? []],
    ["compliance", given.compliance ?? []],
  ] as const) {
    for (const text of texts) {
      const person = readPerson(text, role);
      if (person === undefined) return err("REQUEST_INVALID", `"${text}" is not of the form "Name <address>".`);
      people.push(person);
    }
  }
  if (!people.some(({ roles }) => roles.includes("admin")) || people.length < 2) {
    return err(
      "REQUEST_INVALID",
      'A house opens with --admin "Name <address>" and a second person, by another --admin or --compliance: nobody grants a powerful role alone.',
    );
  }
  return ok(people);
}

function readPerson(text: string, role: Role): FirstPerson | undefined {
  const [, name, email] = named.exec(text) ?? [];
  if (name === undefined || !z.email().max(320).safeParse(email).success) return undefined;
  return { name, email: email ?? "", roles: [role] };
}
