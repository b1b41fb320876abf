import type { overview as english } from "#messages/en/overview.ts";
import type { Translation } from "#messages/translation.ts";

export const overview: Translation<typeof english> = {
  title: "Übersicht",
  now: "Eben geschehen",
  allNow: "Live-Ansicht",
  mayNot: "Was im Haus geschieht, gehört nicht zu Ihren Rollen",
  waiting: "Wartet auf Sie",
  allApprovals: "Alle Freigaben",
  nothingWaits: "Nichts wartet auf Sie",
  nothingWaitsHint: "Vorschläge, die eine zweite Person brauchen, erscheinen hier.",
  house: {
    approvals: "Freigaben für Sie",
    approvalsHint: "als zweite Person",
    events: "Ereignisse im Rückstand",
    behind: "{count, number}",
    consumers: "{count, plural, one {langsamster von # Leser} other {langsamster von # Lesern}}",
    ledger: "Buchungsblöcke zu versiegeln",
    audit: "Protokolleinträge zu versiegeln",
    sealed: "versiegelt",
    neverSealed: "noch nicht versiegelt",
  },
};
