/**
 * Bank statements as banks send them: ISO 20022 camt.053, versions 02 to 13 alike in what is read here
 * (https://www.iso20022.org/catalogue-messages, Bank-to-Customer Statement). What can't be read whole is refused whole.
 */
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { readXml } from "./read-xml.ts";

export interface StatementEntry {
  /** 1 for the first of its statement. */
  readonly number: number;
  /** Minor units; below zero where it left the account. */
  readonly amount: bigint;
  /** `2026-11-27`. */
  readonly bookedOn: string;
  readonly valueOn: string;
  /** The bank's own reference of the entry. */
  readonly bankReference: string | null;
  readonly endToEndId: string | null;
  /** What the payer wrote. */
  readonly remittance: string | null;
  readonly counterparty: string | null;
  /** ISO 20022 domain, family and sub-family, `PMNT-RCDT-ESCT`. */
  readonly code: string | null;
}

export interface Statement {
  readonly id: string;
  readonly sequence: number | null;
  readonly iban: string;
  readonly currency: Currency;
  readonly from: string;
  readonly to: string;
  /** Booked balances, minor units; below zero is owed to the bank. */
  readonly opening: bigint;
  readonly closing: bigint;
  readonly entries: readonly StatementEntry[];
}

type Refused = Failure<"REPORT_UNREADABLE">;

const text = z.union([z.string(), z.number()]).transform(String);
const listOf = <T extends z.ZodType>(one: T) =>
  z.union([z.array(one), one.transform((value) => [value])]).transform((all) => all as z.infer<T>[]);
const amount = z.object({ "@Ccy": z.string(), "#": text });
const sign = z.enum(["CRDT", "DBIT"]);
const day = z.union([
  z.object({ Dt: z.iso.date() }).transform(({ Dt }) => Dt),
  z.object({ DtTm: z.string().min(10) }).transform(({ DtTm }) => DtTm.slice(0, 10)),
]);
const party = z.union([
  z.object({ Nm: text }).transform(({ Nm }) => Nm),
  z.object({ Pty: z.object({ Nm: text }) }).transform(({ Pty }) => Pty.Nm),
]);

const details = z.object({
  Refs: z.object({ EndToEndId: text.optional() }).optional(),
  RltdPties: z.object({ Dbtr: party.optional(), Cdtr: party.optional() }).optional(),
  RmtInf: z.object({ Ustrd: listOf(text).optional() }).optional(),
});

const entry = z.object({
  Amt: amount,
  CdtDbtInd: sign,
  RvslInd: z.union([z.literal("true"), z.literal("false")]).optional(),
  Sts: z.union([z.string(), z.object({ Cd: z.string() }).transform(({ Cd }) => Cd)]),
  BookgDt: day,
  ValDt: day.optional(),
  AcctSvcrRef: text.optional(),
  BkTxCd: z
    .object({
      Domn: z.object({ Cd: text, Fmly: z.object({ Cd: text, SubFmlyCd: text }) }).optional(),
    })
    .optional(),
  NtryDtls: listOf(z.object({ TxDtls: listOf(details).optional() })).optional(),
});

const balance = z.object({
  Tp: z.object({ CdOrPrtry: z.object({ Cd: z.string() }) }),
  Amt: amount,
  CdtDbtInd: sign,
  Dt: day,
});

const statement = z.object({
  Id: text,
  ElctrncSeqNb: text.optional(),
  FrToDt: z.object({ FrDtTm: z.string().min(10), ToDtTm: z.string().min(10) }).optional(),
  Acct: z.object({ Id: z.object({ IBAN: z.string() }), Ccy: z.string().optional() }),
  Bal: listOf(balance),
  Ntry: listOf(entry).optional(),
});

const file = z.object({
  Document: z.object({
    "@xmlns": z.string().regex(/^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(0[2-9]|1[0-3])$/),
    BkToCstmrStmt: z.object({ Stmt: listOf(statement) }),
  }),
});

/** The statements of one message, in its order. */
export function parseCamt053(xml: string): Result<readonly Statement[], Refused> {
  let read: unknown;
  try {
    read = readXml(xml);
  } catch {
    return unreadable("It is not well-formed XML, or has a document type.");
  }
  const parsed = file.safeParse(read);
  if (!parsed.success) return unreadable(`It is no camt.053: ${z.prettifyError(parsed.error).slice(0, 400)}`);
  const statements: Statement[] = [];
  for (const one of parsed.data.Document.BkToCstmrStmt.Stmt) {
    const made = readStatement(one);
    if (!made.ok) return made;
    statements.push(made.value);
  }
  return ok(statements);
}

function readStatement(found: z.infer<typeof statement>): Result<Statement, Refused> {
  const opening = found.Bal.find(({ Tp }) => Tp.CdOrPrtry.Cd === "OPBD" || Tp.CdOrPrtry.Cd === "PRCD");
  const closing = found.Bal.find(({ Tp }) => Tp.CdOrPrtry.Cd === "CLBD");
  if (opening === undefined || closing === undefined) return unreadable("It has no opening or no closing balance.");
  const currency = closing.Amt["@Ccy"];
  if (!isCurrency(currency)) return unreadable(`The currency ${currency} is not known.`);
  const [start, end] = [signedAmount(opening, currency), signedAmount(closing, currency)];
  if (start === undefined || end === undefined) return unreadable("A balance is no amount of its currency.");
  const entries: StatementEntry[] = [];
  for (const one of found.Ntry ?? []) {
    // What is only announced is booked in a later statement.
    if (one.Sts !== "BOOK") continue;
    const made = readEntry(one, currency, entries.length + 1);
    if (!made.ok) return made;
    entries.push(made.value);
  }
  return ok({
    id: found.Id,
    sequence: found.ElctrncSeqNb === undefined ? null : Number(found.ElctrncSeqNb),
    iban: found.Acct.Id.IBAN,
    currency,
    from: found.FrToDt?.FrDtTm.slice(0, 10) ?? opening.Dt,
    to: found.FrToDt?.ToDtTm.slice(0, 10) ?? closing.Dt,
    opening: start,
    closing: end,
    entries,
  });
}

function readEntry(found: z.infer<typeof entry>, currency: Currency, number: number): Result<StatementEntry, Refused> {
  const value = signedAmount(found, currency);
  if (value === undefined) return unreadable(`Entry ${number} is not an amount of the account's currency.`);
  const [first] = (found.NtryDtls ?? []).flatMap(({ TxDtls }) => TxDtls ?? []);
  const domain = found.BkTxCd?.Domn;
  const remittance = first?.RmtInf?.Ustrd?.join(" ");
  return ok({
    number,
    amount: value,
    bookedOn: found.BookgDt,
    valueOn: found.ValDt ?? found.BookgDt,
    bankReference: found.AcctSvcrRef ?? null,
    endToEndId: first?.Refs?.EndToEndId ?? null,
    remittance: remittance ?? null,
    counterparty: (value < 0n ? first?.RltdPties?.Cdtr : first?.RltdPties?.Dbtr) ?? null,
    code: domain === undefined ? null : `${domain.Cd}-${domain.Fmly.Cd}-${domain.Fmly.SubFmlyCd}`,
  });
}

function signedAmount(
  { Amt, CdtDbtInd }: { readonly Amt: z.infer<typeof amount>; readonly CdtDbtInd: "CRDT" | "DBIT" },
  currency: Currency,
): bigint | undefined {
  if (Amt["@Ccy"] !== currency) return undefined;
  const read = parseAmount(Amt["#"], currency);
  if (!read.ok) return undefined;
  return CdtDbtInd === "CRDT" ? read.value : -read.value;
}

function unreadable(detail: string): Result<never, Refused> {
  return err("REPORT_UNREADABLE", detail);
}
