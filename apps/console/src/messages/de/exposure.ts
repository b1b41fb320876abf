import type { exposure as english } from "#messages/en/exposure.ts";
import type { Translation } from "#messages/translation.ts";

export const exposure: Translation<typeof english> = {
  title: "Offene Positionen",
  lead: "Was das Haus auf Ketten hält und schuldet, und ob der Unterschied abzusichern ist.",
  inCustody: "In Verwahrung, laut Hauptbuch",
  owed: "Spielern geschuldet",
  position: "Eigenes des Hauses",
  worth: "Wert",
  noRate: "dafür gibt es keinen Kurs",
  threshold: "Abgesichert ab",
  wallet: "{custodian}, Konto {vault}",
  ofTotal: "verfügbar von",
  noWallets: "Der Verwahrer hat nicht gesagt, was er hält",
  noWalletsHint: "Die Engine fragt alle halbe Minute, wo ein Verwahrer eingerichtet ist.",
  verdicts: { WITHIN: "Unter der Schwelle", HEDGE: "Abzusichern", UNKNOWN: "Der Wert ist nicht bekannt" },
};
