import type { exports as english } from "#messages/en/exports.ts";
import type { Translation } from "#messages/translation.ts";

export const exports: Translation<typeof english> = {
  action: "Exportieren",
  title: "Diese Liste exportieren",
  onlyFor: "Export: nur für {roles}",
  list: "Liste",
  filters: "Filter",
  noFilters: "keine: alles",
  format: "Format",
  csv: "CSV, Zeiten in UTC",
  queued: "Der Export wird erstellt",
  queuedHint: "Er steht dann unter „Meine Exporte“.",
  mine: "Meine Exporte",
  lead: "Dateien bleiben eine Weile und sind nur für Sie.",
  none: "Noch kein Export",
  noneHint: "Jede Liste hat einen Knopf dafür.",
  lists: {
    players: "Spieler",
    bets: "Wetten",
    ledger: "Hauptbuch",
    audit: "Protokoll",
    "audit-bundle": "Prüfpaket",
  },
  status: "Status",
  statuses: { QUEUED: "Wartet", RUNNING: "Läuft", DONE: "Fertig", FAILED: "Fehlgeschlagen" },
  rows: "Zeilen",
  size: "Größe",
  created: "Erbeten",
  expires: "Verfällt",
  file: "Datei",
  download: "Herunterladen",
};
