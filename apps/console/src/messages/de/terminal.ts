import type { terminal as english } from "#messages/en/terminal.ts";
import type { Translation } from "#messages/translation.ts";

export const terminal: Translation<typeof english> = {
  title: "Ein Terminal einlassen",
  lead: "Die Kommandozeile meldet sich als Sie an, für höchstens einen Tag.",
  code: "Code, den das Terminal zeigt",
  find: "Finden",
  shows: "Code",
  from: "Von",
  asked: "Gefragt",
  until: "Läuft ab",
  warning:
    "Nur weiter, wenn Sie das gerade selbst begonnen haben. Niemand sonst hat einen Grund, Ihnen einen Code zu geben.",
  letInAction: "Einlassen",
  turnAway: "Abweisen",
  letIn: "Das Terminal ist angemeldet",
  letInHint: "Zurück zum Terminal; es geht von selbst weiter.",
  turnedAway: "Das Terminal wurde abgewiesen",
  turnedAwayHint: "Hat jemand Sie darum gebeten, sagen Sie es der Sicherheit.",
};
