/** A batch of orders as the bank reads it: pain.001, version 9, one account to pay from. */
import { z } from "zod";
import { readXml } from "../../bank/read-xml.ts";

export interface OrderedPayment {
  readonly endToEndId: string;
  /** Minor units of a currency with two decimals. */
  readonly amount: number;
  readonly currency: string;
  readonly name: string;
  readonly iban: string;
  readonly remittance: string;
}

export interface OrderedBatch {
  readonly messageId: string;
  readonly createdAt: string;
  readonly paymentInfoId: string;
  readonly count: number;
  /** Minor units. */
  readonly sum: number;
  readonly iban: string;
  readonly payments: readonly OrderedPayment[];
}

const text = z.string().min(1);
const money = text.regex(/^[0-9]{1,15}(\.[0-9]{1,2})?$/);
const listOf = <T extends z.ZodType>(one: T) => z.union([z.array(one), one.transform((value) => [value])]);
const account = z.object({ Id: z.object({ IBAN: text }) });

const transfer = z.object({
  PmtId: z.object({ EndToEndId: text.max(35) }),
  Amt: z.object({ InstdAmt: z.object({ "@Ccy": text, "#": money }) }),
  Cdtr: z.object({ Nm: text.max(140) }),
  CdtrAcct: account,
  RmtInf: z.object({ Ustrd: text }).optional(),
});

const document = z.object({
  Document: z.object({
    "@xmlns": z.literal("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"),
    CstmrCdtTrfInitn: z.object({
      GrpHdr: z.object({ MsgId: text.max(35), CreDtTm: text, NbOfTxs: text, CtrlSum: money }),
      PmtInf: z.object({
        PmtInfId: text.max(35),
        PmtMtd: z.literal("TRF"),
        DbtrAcct: account,
        CdtTrfTxInf: listOf(transfer),
      }),
    }),
  }),
});

/** Undefined where it is no such message. */
export function readPain001(xml: string): OrderedBatch | undefined {
  let read: unknown;
  try {
    read = readXml(xml);
  } catch {
    return undefined;
  }
  const parsed = document.safeParse(read);
  if (!parsed.success) return undefined;
  const { GrpHdr, PmtInf } = parsed.data.Document.CstmrCdtTrfInitn;
  return {
    messageId: GrpHdr.MsgId,
    createdAt: GrpHdr.CreDtTm,
    paymentInfoId: PmtInf.PmtInfId,
    count: Number(GrpHdr.NbOfTxs),
    sum: minorOf(GrpHdr.CtrlSum),
    iban: PmtInf.DbtrAcct.Id.IBAN,
    payments: PmtInf.CdtTrfTxInf.map(({ PmtId, Amt, Cdtr, CdtrAcct, RmtInf }) => ({
      endToEndId: PmtId.EndToEndId,
      amount: minorOf(Amt.InstdAmt["#"]),
      currency: Amt.InstdAmt["@Ccy"],
      name: Cdtr.Nm,
      iban: CdtrAcct.Id.IBAN,
      remittance: RmtInf?.Ustrd ?? "",
    })),
  };
}

export function minorOf(major: string): number {
  const [whole = "0", part = ""] = major.split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0"));
}
