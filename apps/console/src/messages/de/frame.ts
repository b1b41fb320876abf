import type { frame as english } from "#messages/en/frame.ts";
import type { Translation } from "#messages/translation.ts";

export const frame: Translation<typeof english> = {
  skip: "Zur Seite springen",
  search: "Suchen…",
  toggleNavigation: "Navigation öffnen oder schließen",
  openNavigation: "Navigation öffnen",
  closeNavigation: "Navigation schließen",
  navigation: {
    label: "Hauptnavigation",
    locked: "Diese Seite gehört nicht zu Ihren Rollen. Sie ist für {roles}.",
    groups: { play: "Spiel", money: "Geld", control: "Kontrolle" },
    pages: {
      overview: "Übersicht",
      live: "Live",
      approvals: "Freigaben",
      players: "Spieler",
      bets: "Wetten & Runden",
      ledger: "Hauptbuch",
      staff: "Team & Rollen",
      audit: "Protokoll",
    },
  },
  account: {
    open: "Kontomenü",
    mine: "Mein Konto",
    exports: "Meine Exporte",
    terminal: "Ein Terminal einlassen",
    shortcuts: "Tastenkürzel",
    theme: "Darstellung",
    themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
    clock: "Zeiten in",
    localZone: "Meine Zone ({zone})",
    language: "Sprache",
    signOut: "Abmelden",
  },
  shortcuts: {
    title: "Tastenkürzel",
    groups: { global: "Überall", go: "Gehe zu", list: "In einer Liste", page: "Auf dieser Seite" },
    letters: "Kürzel aus einem Buchstaben",
    lettersHint: "Ausgeschaltet bleiben nur die mit ⌘ oder Strg.",
  },
  notFound: {
    title: "Diese Seite gibt es nicht",
    hint: "Die Adresse ist falsch geschrieben oder die Seite ist umgezogen. ⌘K findet jeden Datensatz nach seiner Id.",
    home: "Zur Übersicht",
  },
  gate: {
    title: "Diese Seite gehört nicht zu Ihren Rollen",
    hint: "Sie ist für {roles}. Eine Rolle gibt die Administration; mächtige brauchen eine zweite Person.",
  },
  finder: {
    pages: "Seiten",
    player: "Spieler",
    bet: "Wetten",
    transaction: "Transaktionen",
    approval: "Freigaben",
    staff: "Team",
    audit: "Protokoll",
  },
  idle: {
    title: "Sind Sie noch da?",
    text: "Zur Sicherheit werden Sie in {seconds, plural, one {# Sekunde} other {# Sekunden}} abgemeldet.",
    stay: "Angemeldet bleiben",
    end: "Abmelden",
  },
};
