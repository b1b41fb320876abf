import type { treasury as english } from "#messages/en/treasury.ts";
import type { Translation } from "#messages/translation.ts";

export const treasury: Translation<typeof english> = {
  title: "Treasury",
  lead: "Wo das Geld des Hauses liegt, nach dem Hauptbuch und nach anderen, und wie viel der Spielerguthaben es deckt.",
  byCurrency: "Nach Währung",
  byPlace: "Nach Ort",
  placesLead:
    "Eine Differenz mit einem Zahlungsdienst ist Geld unterwegs oder eine Abweichung: der Abgleich sagt, welches. Beide Seiten gelten für den Augenblick der Frage; die einer Bank für das Ende ihres letzten Auszugs.",
  held: "Vorhanden",
  owed: "Spielern geschuldet",
  own: "Eigenes",
  bonus: "Boni im Spiel",
  coverage: "Gedeckt",
  verdict: "Stand",
  sumVerdicts: { COVERED: "gedeckt", SHORT: "zu wenig" },
  place: "Ort",
  kinds: {
    PSP: "Zahlungsdienst",
    RESERVE: "dessen Einbehalt",
    IN_TRANSIT: "unterwegs zur Bank",
    BANK: "Bankkonto",
    WALLET: "Verwahrer",
  },
  ledger: "Nach dem Hauptbuch",
  told: "Gemeldet",
  difference: "Differenz",
  toldAt: "Gemeldet am",
  endOf: "Ende des {day}",
  placeVerdicts: { EQUAL: "gleich", DIFFERS: "weicht ab", UNTOLD: "nicht gemeldet" },
  none: "Nirgends Geld",
  noneHint: "Die erste Einzahlung bringt welches.",
};
