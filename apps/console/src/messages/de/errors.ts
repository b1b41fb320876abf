import type { ErrorCode } from "@pitboss/domain/kernel/errors";

/** The table's sentences in German. A code that is not here is shown in English. */
export const germanErrors: Readonly<Partial<Record<ErrorCode, string>>> = {
  REQUEST_INVALID: "Die Anfrage hat nicht die Form, die dieser Aufruf erwartet.",
  AMOUNT_INVALID: "Der Betrag ist keine Dezimalzahl, die diese Währung fassen kann.",
  CURRENCY_UNKNOWN: "Diese Währung kennt das Haus nicht.",
  ID_INVALID: "Die Kennung ist nicht wohlgeformt.",
  TOKEN_MISSING: "Für diesen Aufruf ist eine Anmeldung nötig.",
  TOKEN_INVALID: "Die Anmeldung ist nicht oder nicht mehr gültig.",
  NOT_ALLOWED: "Das erlaubt Ihre Rolle nicht.",
  RATE_LIMITED: "Zu viele Anfragen; bitte einen Moment warten.",
  ROUTE_NOT_FOUND: "Diese Adresse gibt es hier nicht.",
  PLAYER_NOT_FOUND: "Diesen Spieler gibt es nicht.",
  GAME_NOT_FOUND: "Dieses Spiel gibt es nicht.",
  ROUND_NOT_FOUND: "Diese Runde gibt es nicht.",
  TRANSACTION_NOT_FOUND: "Diese Transaktion gibt es nicht.",
  BET_NOT_FOUND: "Diese Wette gibt es nicht; wurde sie gerade erst platziert, bitte noch einmal fragen.",
  REQUEST_REUSED: "Diese Anfragenummer wurde schon für eine andere Anfrage benutzt.",
  FUNDS_INSUFFICIENT: "Das Guthaben deckt diesen Betrag nicht.",
  DEPOSIT_NOT_FOUND: "Diese Einzahlung gibt es nicht.",
  WEBHOOK_NOT_FOUND: "Diesen Webhook gibt es nicht.",
  PAYMENT_MISMATCH: "Was der Zahlungsdienst sagt, passt nicht zur Einzahlung.",
  DAYS_NOT_TIED:
    "Nicht jeder Tag dieses Zeitraums ist abgeschlossen und abgeglichen; daher wird nichts davon gemeldet.",
  OVERLOADED: "Das System ist gerade ausgelastet; bitte gleich noch einmal senden.",
  DATABASE_UNAVAILABLE: "Die Buchhaltung ist gerade nicht erreichbar.",
  INTERNAL: "Hier ist etwas fehlgeschlagen; es wurde protokolliert, und die Anfrage darf wiederholt werden.",
};
