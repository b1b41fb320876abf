/**
 * What moved on an account, from a notification (camt.054) or a statement (camt.053): each of the bank's entries, or each
 * part of an entry that stands for several payments. Only what is booked counts.
 */
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { Movement, MovementReport } from "../bank.ts";
import { listOf, money, text } from "./xml-parts.ts";

const sign = z.enum(["CRDT", "DBIT"]);
const party = z.union([
  z.object({ Nm: text }).transform(({ Nm }) => Nm),
  z.object({ Pty: z.object({ Nm: text }) }).transform(({ Pty }) => Pty.Nm),
]);
const account = z.object({ Id: z.object({ IBAN: text }) }).transform(({ Id }) => Id.IBAN);
const day = z.union([
  z.object({ Dt: z.iso.date() }).transform(({ Dt }) => Dt),
  z.object({ DtTm: z.string().min(10) }).transform(({ DtTm }) => DtTm.slice(0, 10)),
]);
const structured = z.object({ CdtrRefInf: z.object({ Ref: text.optional() }).optional() });

const details = z.object({
  Refs: z.object({ AcctSvcrRef: text.optional(), EndToEndId: text.optional() }).optional(),
  Amt: money.optional(),
  RltdPties: z
    .object({
      Dbtr: party.optional().catch(undefined),
      DbtrAcct: account.optional().catch(undefined),
      Cdtr: party.optional().catch(undefined),
      CdtrAcct: account.optional().catch(undefined),
    })
    .optional(),
  RmtInf: z.object({ Ustrd: listOf(text).optional(), Strd: listOf(structured).optional() }).optional(),
  RtrInf: z.object({ Rsn: z.object({ Cd: text }).optional() }).optional(),
});
type Details = z.infer<typeof details>;

const entry = z.object({
  Amt: money,
  CdtDbtInd: sign,
  Sts: z.union([z.string(), z.object({ Cd: z.string() }).transform(({ Cd }) => Cd)]),
  BookgDt: day,
  AcctSvcrRef: text.optional(),
  NtryRef: text.optional(),
  NtryDtls: listOf(z.object({ TxDtls: listOf(details).optional() })).optional(),
});
type Entry = z.infer<typeof entry>;

const report = z.object({
  Id: text,
  Acct: z.object({ Id: z.object({ IBAN: z.string() }) }),
  Ntry: listOf(entry).optional(),
});

export const camt054 = z.object({
  "@xmlns": z.string().regex(/^urn:iso:std:iso:20022:tech:xsd:camt\.054\.001\.(0[2-9]|1[0-3])$/),
  BkToCstmrDbtCdtNtfctn: z.object({ GrpHdr: z.object({ MsgId: text }), Ntfctn: listOf(report) }),
});

export const camt053 = z.object({
  "@xmlns": z.string().regex(/^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(0[2-9]|1[0-3])$/),
  BkToCstmrStmt: z.object({ GrpHdr: z.object({ MsgId: text }), Stmt: listOf(report) }),
});

/** Undefined where an amount can't be read, or an entry has no reference that tells it from the others. */
export function readMovements(found: readonly z.infer<typeof report>[]): MovementReport[] | undefined {
  const reports: MovementReport[] = [];
  for (const { Id, Acct, Ntry = [] } of found) {
    const movements: Movement[] = [];
    for (const one of Ntry.filter(({ Sts }) => Sts === "BOOK")) {
      const read = readEntry(one);
      if (read === undefined) return undefined;
      movements.push(...read);
    }
    reports.push({ id: Id, iban: Acct.Id.IBAN, movements });
  }
  return reports;
}

function readEntry(one: Entry): Movement[] | undefined {
  const base = one.AcctSvcrRef ?? one.NtryRef;
  if (base === undefined) return undefined;
  const parts = (one.NtryDtls ?? []).flatMap(({ TxDtls = [] }) => TxDtls);
  const all = parts.length === 0 ? [undefined] : parts;
  const movements: Movement[] = [];
  for (const [index, part] of all.entries()) {
    // One entry for several payments tells each one's amount.
    const amount = all.length > 1 ? part?.Amt : one.Amt;
    const made = amount && readPart(one, part, amount, all.length > 1 ? `${base}/${index + 1}` : base);
    if (made === undefined) return undefined;
    movements.push(made);
  }
  return movements;
}

function readPart(
  one: Entry,
  part: Details | undefined,
  amount: z.infer<typeof money>,
  reference: string,
): Movement | undefined {
  const currency = amount["@Ccy"];
  const read = isCurrency(currency) ? parseAmount(amount["#"], currency) : undefined;
  if (!isCurrency(currency) || read?.ok !== true) return undefined;
  const parties = part?.RltdPties;
  const returnReason = part?.RtrInf === undefined ? null : (part.RtrInf.Rsn?.Cd ?? "NARR");
  const incoming = one.CdtDbtInd === "CRDT";
  // Of what came back the other side is whoever it had been sent to.
  const fromPayer = incoming && returnReason === null;
  const endToEndId = part?.Refs?.EndToEndId;
  return {
    reference,
    amount: incoming ? read.value : -read.value,
    currency,
    bookedOn: one.BookgDt,
    endToEndId: endToEndId === undefined || endToEndId === "NOTPROVIDED" ? null : endToEndId,
    order: part?.Refs?.AcctSvcrRef ?? null,
    creditorReference:
      part?.RmtInf?.Strd?.map(({ CdtrRefInf }) => CdtrRefInf?.Ref).find((ref) => ref !== undefined) ?? null,
    remittance: part?.RmtInf?.Ustrd?.join(" ") ?? null,
    name: (fromPayer ? parties?.Dbtr : parties?.Cdtr) ?? null,
    iban: (fromPayer ? parties?.DbtrAcct : parties?.CdtrAcct) ?? null,
    returnReason,
  };
}
