/** OASIS's form of call, an XML document a person with basic authentication; it takes no batches. */
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { ExclusionRegister, RegisterAnswer, RegisterPerson } from "./exclusion-register.ts";
import type { OasisSettings } from "./read-registers.ts";

const answerWithinMs = 4_000;

export function createOasisRegister({ code, name, url, user, password }: OasisSettings): ExclusionRegister {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const down = (why: unknown) =>
    err("REGISTER_UNAVAILABLE", `${name}: ${why instanceof Error ? why.message : String(why)}`);

  async function ask(person: RegisterPerson): Promise<Result<RegisterAnswer>> {
    try {
      const headers = { authorization, "content-type": "application/xml" };
      const signal = AbortSignal.timeout(answerWithinMs);
      const answer = await fetch(`${url.replace(/\/$/, "")}/spielerstatus`, {
        method: "POST",
        headers,
        body: writeQuery(person),
        signal,
      });
      const text = await answer.text();
      const said = /<SPIELER_GESPERRT>(true|false)<\/SPIELER_GESPERRT>/.exec(text)?.[1];
      if (!answer.ok || said === undefined) return down(`answered ${answer.status} without a status`);
      const reference = /<AUSKUNFT_ID>([^<]{1,80})<\/AUSKUNFT_ID>/.exec(text)?.[1] ?? null;
      return ok({ excluded: said === "true", reference });
    } catch (error) {
      return down(error);
    }
  }

  return {
    code,
    name,
    mostAtOnce: 20,
    ask,
    async askMany(people) {
      const answers: RegisterAnswer[] = [];
      for (const person of people) {
        const answer = await ask(person);
        if (!answer.ok) return answer;
        answers.push(answer.value);
      }
      return ok(answers);
    },
  };
}

function writeQuery({ firstName, lastName, birthDate }: RegisterPerson): string {
  return `<?xml version="1.0" encoding="UTF-8"?><SPIELERSTATUSABFRAGE><SPIELER><VORNAME>${escape(firstName)}</VORNAME><NACHNAME>${escape(lastName)}</NACHNAME><GEBURTSDATUM>${escape(birthDate)}</GEBURTSDATUM></SPIELER></SPIELERSTATUSABFRAGE>`;
}

function escape(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
