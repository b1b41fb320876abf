/** What the bank tells as soon as it is booked, as a camt.054 message, version 8. */
import { create } from "xmlbuilder2";
import { renderEntry, type SimulatedEntry } from "./render-camt053.ts";

export interface SimulatedNotification {
  readonly id: string;
  readonly iban: string;
  readonly currency: string;
  readonly entries: readonly SimulatedEntry[];
}

export function renderCamt054({ id, iban, currency, entries }: SimulatedNotification, at: Date): string {
  return create(
    { version: "1.0", encoding: "UTF-8" },
    {
      Document: {
        "@xmlns": "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08",
        BkToCstmrDbtCdtNtfctn: {
          GrpHdr: { MsgId: id, CreDtTm: at.toISOString() },
          Ntfctn: {
            Id: id,
            CreDtTm: at.toISOString(),
            Acct: { Id: { IBAN: iban }, Ccy: currency },
            Ntry: entries.map((one) => renderEntry(one, currency)),
          },
        },
      },
    },
  ).end({ prettyPrint: true });
}
