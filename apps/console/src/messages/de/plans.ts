import type { plans as english } from "#messages/en/plans.ts";
import type { Translation } from "#messages/translation.ts";

export const plans: Translation<typeof english> = {
  close: "Schließen",
  actionOf: "{action} ({count, number})",
  count:
    "{count, plural, =0 {Nichts würde sich ändern} one {# Eintrag wird geändert} other {# Einträge werden geändert}}",
  progress: "{done, number} von {count, number} erledigt…",
  andMore: "und {count, number} weitere",
  items: "Was mit jedem geschieht",
  leftOut: "{count, plural, one {# wird ausgelassen} other {# werden ausgelassen}}",
  done: "{count, plural, one {# erledigt} other {# erledigt}}",
  notDone: "{count, plural, one {# nicht erledigt} other {# nicht erledigt}}",
};
