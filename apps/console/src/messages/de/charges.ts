import type { charges as english } from "#messages/en/charges.ts";
import type { Translation } from "#messages/translation.ts";

export const charges: Translation<typeof english> = {
  title: "Gebühren & Steuern",
  lead: "Was Spielanbieter und Staaten vom Ergebnis des Hauses nehmen, von welchem Tag an. Eine Änderung braucht zwei Personen.",
  providers: "Spielanbieter",
  taxes: "Rechtsräume",
  noProviders: "Kein Spielanbieter nimmt einen Anteil",
  noTaxes: "Kein Rechtsraum besteuert das Spiel",
  version: "Fassung {version}",
  from: "ab {day}, UTC",
  founding: "von Anfang an",
  standings: { PAST: "Vergangen", CURRENT: "In Kraft", FUTURE: "Kommt" },
  bases: { GGR: "vom GGR", GGR_CASH: "vom Bargeld-GGR", STAKES: "der Einsätze", STAKES_CASH: "der Bargeldeinsätze" },
  atLeast: "mindestens {amount} {currency} im Monat",
  propose: "Änderung vorschlagen",
  dialog: {
    title: "Vorschlagen, was genommen wird",
    kind: "Wer es nimmt",
    kinds: { PROVIDER_FEE: "Ein Spielanbieter", TAX: "Ein Rechtsraum" },
    subject: "Kürzel",
    subjectHint: {
      PROVIDER_FEE: "Das Kürzel des Anbieters, wie in seiner Liste",
      TAX: "Das Kürzel des Rechtsraums, etwa DE",
    },
    percent: "Prozent",
    percentHint: "Bis zu vier Nachkommastellen; 0 beendet es",
    base: "Genommen",
    from: "Ab dem Tag (UTC)",
    minimum: "Mindestens im Monat",
    minimumHint: "Leer, wo es kein Minimum gibt",
    currency: "Währung",
    action: "Vorschlagen",
  },
};
