import type { views as english } from "#messages/en/views.ts";
import type { Translation } from "#messages/translation.ts";

export const views: Translation<typeof english> = {
  all: "Alle",
  unsaved: "Nicht gespeichert",
  own: "Meine",
  shared: "Geteilte",
  save: "Als Ansicht speichern",
  saveLead: "Behält Filter, Sortierung und Spalten dieser Liste.",
  saveAction: "Speichern",
  saved: "Ansicht gespeichert",
  name: "Name",
  nameHint: "Eine eigene Ansicht dieses Namens wird ersetzt.",
  share: "Mit allen teilen",
  mayNotShare: "Teilen gehört nicht zu Ihren Rollen.",
  nothingToSave: "Setzen Sie zuerst einen Filter.",
  manage: "Meine Ansichten verwalten",
  none: "Keine eigene Ansicht",
  isShared: "geteilt",
  remove: "Ansicht {name} entfernen",
};
