/**
 * A file of payments as a pain.001 message, version 9, in the form of the SEPA credit transfer (EPC 132-08, customer to
 * bank). Characters that not every bank takes are spelled in those that all do.
 */
import { spellForBank } from "@pitboss/domain/cashier/bank/spell-for-bank";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { create } from "xmlbuilder2";
import type { BankSettings } from "../bank-settings.ts";
import type { PaymentFile } from "../bank.ts";

export function renderPain001({ messageId, at, payments }: PaymentFile, account: BankSettings["account"]): Buffer {
  const { currency } = account;
  const total = payments.reduce((sum, { amount }) => sum + amount, 0n);
  const totals = { NbOfTxs: String(payments.length), CtrlSum: formatMinor(total, currency) };
  const day = at.toISOString().slice(0, 10);
  const xml = create(
    { version: "1.0", encoding: "UTF-8" },
    {
      Document: {
        "@xmlns": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
        CstmrCdtTrfInitn: {
          GrpHdr: {
            MsgId: messageId,
            CreDtTm: at.toISOString(),
            ...totals,
            InitgPty: { Nm: spellForBank(account.holder, 70) },
          },
          PmtInf: {
            PmtInfId: messageId,
            PmtMtd: "TRF",
            BtchBookg: "false",
            ...totals,
            PmtTpInf: { SvcLvl: { Cd: "SEPA" } },
            ReqdExctnDt: { Dt: day },
            Dbtr: { Nm: spellForBank(account.holder, 70) },
            DbtrAcct: { Id: { IBAN: account.iban } },
            DbtrAgt: { FinInstnId: { BICFI: account.bic } },
            ChrgBr: "SLEV",
            CdtTrfTxInf: payments.map(({ endToEndId, amount, name, iban, remittance }) => ({
              PmtId: { EndToEndId: endToEndId },
              Amt: { InstdAmt: { "@Ccy": currency, "#": formatMinor(amount, currency) } },
              Cdtr: { Nm: spellForBank(name, 70) },
              CdtrAcct: { Id: { IBAN: iban } },
              RmtInf: { Ustrd: spellForBank(remittance, 140) },
            })),
          },
        },
      },
    },
  ).end();
  return Buffer.from(xml, "utf8");
}
