/** What a bank says of a file of payments: pain.002, versions 3 to 14 alike in what is read here. */
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { PaymentStatus, StatusReport } from "../bank.ts";
import { listOf, money, text } from "./xml-parts.ts";

const reason = z.object({
  Rsn: z.union([
    z.object({ Cd: text }).transform(({ Cd }) => Cd),
    z.object({ Prtry: text }).transform(({ Prtry }) => Prtry),
  ]),
});

const payment = z.object({
  OrgnlEndToEndId: text,
  TxSts: text,
  StsRsnInf: listOf(reason).optional(),
  AcctSvcrRef: text.optional(),
  OrgnlTxRef: z.object({ IntrBkSttlmAmt: money.optional() }).optional(),
});

export const pain002 = z.object({
  "@xmlns": z.string().regex(/^urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.(0[3-9]|1[0-4])$/),
  CstmrPmtStsRpt: z.object({
    GrpHdr: z.object({ MsgId: text }),
    OrgnlGrpInfAndSts: z.object({
      OrgnlMsgId: text,
      GrpSts: text.optional(),
      StsRsnInf: listOf(reason).optional(),
    }),
    OrgnlPmtInfAndSts: listOf(
      z.object({ PmtInfSts: text.optional(), TxInfAndSts: listOf(payment).optional() }),
    ).optional(),
  }),
});

/** Statuses by what they mean here; ISO 20022 external code set "payment transaction status". */
const states: Readonly<Record<string, PaymentStatus["state"]>> = {
  RCVD: "PENDING",
  PDNG: "PENDING",
  ACTC: "PENDING",
  ACCP: "PENDING",
  ACSP: "PENDING",
  ACFC: "PENDING",
  ACWC: "PENDING",
  PATC: "PENDING",
  ACWP: "PENDING",
  ACSC: "PAID",
  ACCC: "PAID",
  RJCT: "FAILED",
  CANC: "FAILED",
};

/** Undefined where a status is not known, or an amount is none: then a person has to look. */
export function readStatus(document: z.infer<typeof pain002>): StatusReport | undefined {
  const { GrpHdr, OrgnlGrpInfAndSts: group, OrgnlPmtInfAndSts: parts = [] } = document.CstmrPmtStsRpt;
  const payments: PaymentStatus[] = [];
  for (const found of parts.flatMap(({ TxInfAndSts = [] }) => TxInfAndSts)) {
    const state = states[found.TxSts];
    const settled = found.OrgnlTxRef?.IntrBkSttlmAmt;
    const amount = settled === undefined ? null : minorOf(settled);
    if (state === undefined || amount === undefined) return undefined;
    payments.push({
      endToEndId: found.OrgnlEndToEndId,
      state,
      status: found.TxSts,
      reason: found.StsRsnInf?.[0]?.Rsn ?? null,
      reference: found.AcctSvcrRef ?? null,
      settled: amount,
    });
  }
  return {
    id: GrpHdr.MsgId,
    messageId: group.OrgnlMsgId,
    status: group.GrpSts ?? "",
    refused: group.GrpSts === "RJCT" && payments.length === 0 ? (group.StsRsnInf?.[0]?.Rsn ?? "RJCT") : null,
    payments,
  };
}

function minorOf({ "@Ccy": code, "#": amount }: z.infer<typeof money>): bigint | undefined {
  const currency: Currency | undefined = isCurrency(code) ? code : undefined;
  const read = currency === undefined ? undefined : parseAmount(amount, currency);
  return read?.ok === true ? read.value : undefined;
}
