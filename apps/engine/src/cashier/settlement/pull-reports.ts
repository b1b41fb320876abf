/**
 * Asks each provider for its newest settlement reports and each bank for its statements, and takes in files that were put into the object store as
 * `settlement-inbox/<provider>/<name>.csv` and `statement-inbox/<name>.xml`. What was taken in before is known by its bytes.
 */
import { findNewestStatement } from "@pitboss/db/cashier/bank-statement-store";
import { isFileTaken, listNewestPayouts } from "@pitboss/db/cashier/settlement-store";
import type { Result } from "@pitboss/domain/kernel/result";
import type { Bank } from "../bank/bank.ts";
import { fileName, importReport } from "./import-report.ts";
import { importStatement, statementFileName } from "./import-statement.ts";
import { postSettlements } from "./post-settlements.ts";
import type { SettlementDesk } from "./settlement-desk.ts";
import type { SettlementSource } from "./settlement-source.ts";

const by = "job:settlement";
const dayMs = 86_400_000;
/** Reports are asked for from some days before the newest payout that is known: providers make them late. */
const overlapDays = 3;
const firstDays = 30;

export interface Pull {
  /** How many files brought something new. */
  readonly run: () => Promise<number>;
}

export function createPull(desk: SettlementDesk): Pull {
  /** Files that could not be taken in, by their bytes: nothing is gained by trying the same ones again. */
  const refused = new Set<string>();

  async function take<T extends { readonly fresh: boolean }>(
    name: string,
    object: string,
    work: () => Promise<Result<readonly T[]>>,
  ): Promise<boolean> {
    if (refused.has(object) || (await isFileTaken(desk.db, object))) return false;
    const done = await work();
    if (done.ok) return done.value.some(({ fresh }) => fresh);
    refused.add(object);
    const why = done.error.detail ?? done.error.code;
    desk.log.warn({ file: name, why }, "a report or statement was not taken in");
    return false;
  }

  async function pullFrom(source: SettlementSource, newest: Date | undefined): Promise<number> {
    const now = desk.clock.now();
    const since = new Date(newest === undefined ? now - firstDays * dayMs : newest.getTime() - overlapDays * dayMs);
    const listed = await source.list(since);
    if (listed.kind !== "answered") {
      desk.log.debug({ psp: source.code, why: listed.why }, "a provider's reports were not listed");
      return 0;
    }
    let fresh = 0;
    for (const name of listed.value) {
      const fetched = await source.fetch(name);
      if (fetched.kind !== "answered") {
        desk.log.warn({ psp: source.code, file: name, why: fetched.why }, "a settlement report did not come");
        continue;
      }
      const file = { psp: source.code, text: fetched.value };
      if (await take(name, fileName(file.psp, file.text), () => importReport(desk, file, by))) fresh += 1;
    }
    return fresh;
  }

  /** A bank's statements behind the newest that is known, in their order: one that does not come holds up the others. */
  async function pullStatements(bank: Bank): Promise<number> {
    const listed = await bank.listStatements(await findNewestStatement(desk.db, bank.account.iban));
    if (listed.kind !== "answered") {
      desk.log.debug({ bank: bank.code, why: listed.why }, "a bank's statements were not listed");
      return 0;
    }
    let fresh = 0;
    for (const id of listed.value) {
      const asked = await bank.readStatement(id);
      if (asked.kind !== "answered") {
        desk.log.warn({ bank: bank.code, statement: id, why: asked.why }, "a statement did not come");
        return fresh;
      }
      const xml = asked.value;
      if (await take(id, statementFileName(xml), () => importStatement(desk, xml, by))) fresh += 1;
    }
    return fresh;
  }

  async function takeIn(name: string): Promise<boolean> {
    const [, psp] = /^settlement-inbox\/([a-z][a-z0-9-]{1,39})\/[^/]+\.csv$/.exec(name) ?? [];
    const statement = /^statement-inbox\/[^/]+\.xml$/.test(name);
    if (psp === undefined && !statement) return false;
    const bytes = await desk.objects.get(name);
    if (bytes === undefined) return false;
    const text = Buffer.from(bytes).toString("utf8");
    if (psp === undefined) return take(name, statementFileName(text), () => importStatement(desk, text, by));
    return take(name, fileName(psp, text), () => importReport(desk, { psp, text }, by));
  }

  return {
    async run() {
      const newest = await listNewestPayouts(desk.db);
      let fresh = 0;
      for (const source of desk.settlements.values()) fresh += await pullFrom(source, newest.get(source.code));
      for (const bank of desk.bank.banks.values()) fresh += await pullStatements(bank);
      for (const prefix of ["settlement-inbox/", "statement-inbox/"]) {
        for (const name of await desk.objects.list(prefix)) fresh += (await takeIn(name)) ? 1 : 0;
      }
      // Also what an earlier run was cut off from posting, and what was credited after its report.
      await postSettlements(desk);
      return fresh;
    },
  };
}
