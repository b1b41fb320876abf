import type { kit as english } from "#messages/en/kit.ts";
import type { Translation } from "#messages/translation.ts";

export const kit: Translation<typeof english> = {
  close: "Schließen",
  becomes: "wird zu",
  copied: "Kopiert",
  copyId: "{id} kopieren",
  time: { distance: "Abstand" },
  failure: { trace: "Spur", retry: "Noch einmal" },
  table: { selectPage: "Alle Zeilen dieser Seite auswählen", selectRow: "{id} auswählen" },
  filters: {
    label: "Filter",
    add: "Filter",
    clear: "Zurücksetzen",
    clearSearch: "Suche leeren",
    focusSearch: "Diese Liste durchsuchen",
    remove: "Filter {filter} entfernen",
    apply: "Anwenden",
  },
  pager: {
    label: "Seiten",
    loading: "Lädt…",
    rows: "{count, plural, =0 {Keine Zeilen} one {# Zeile} other {# Zeilen}}",
    rowsOf: "{count, number} von {total, number}",
    rowsOfMore: "{count, number} von mehr als {total, number}",
    searchedTo: "zurückgesehen bis",
    first: "Anfang",
    next: "Weiter",
  },
  keys: {
    next: "Nächste Zeile",
    previous: "Vorige Zeile",
    peek: "Zeile neben der Liste ansehen",
    open: "Seite der Zeile öffnen",
    close: "Ansicht schließen",
  },
  live: { newRows: "{count, plural, one {# neue Zeile} other {# neue Zeilen}}" },
  bulk: {
    some: "{count, number} ausgewählt",
    clear: "Aufheben",
  },
  columns: { label: "Spalten", reset: "Zurücksetzen" },
  peek: {
    label: "Einzelheiten zu {title}",
    previous: "Vorige Zeile",
    next: "Nächste Zeile",
    open: "Ganze Seite öffnen",
    close: "Schließen",
  },
  palette: {
    label: "Suchen oder springen",
    placeholder: "Ein Name, eine Kennung, eine E-Mail-Adresse, eine Seite…",
    searching: "Sucht…",
    nothing: "Nichts gefunden.",
  },
  stepUp: {
    title: "Bestätigen Sie, dass Sie es sind",
    text: "Dies braucht einen frischen zweiten Faktor. Er gilt dann fünf Minuten.",
  },
  confirm: {
    cancel: "Abbrechen",
    reason: "Grund",
    reasonHint: "Steht mit Ihrem Namen im Protokoll.",
    reasonShort: "Bitte begründen, mit mindestens {count, number} Zeichen.",
  },
};
