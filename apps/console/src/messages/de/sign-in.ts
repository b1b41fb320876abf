import type { signIn as english } from "#messages/en/sign-in.ts";
import type { Translation } from "#messages/translation.ts";

export const signIn: Translation<typeof english> = {
  title: "Anmelden",
  lead: "Das Backoffice. Jede Anmeldung wird protokolliert.",
  email: "E-Mail-Adresse",
  password: "Passwort",
  continue: "Weiter",
  withPasskey: "Mit Passkey anmelden",
  or: "oder",
  back: "Anderes Konto benutzen",
  second: {
    title: "Zweiter Faktor",
    lead: "Anmeldung als {email}",
    totp: "Authenticator",
    totpHint: "Geben Sie die sechs Ziffern ein, die Ihre App gerade zeigt.",
    code: "Sechsstelliger Code",
    passkey: "Passkey",
    passkeyHint: "Ihr Browser fragt nach Fingerabdruck, Gesicht, PIN oder Sicherheitsschlüssel.",
    usePasskey: "Passkey benutzen",
    recovery: "Wiederherstellungscode",
    recoveryHint:
      "Jeder Ihrer Codes gilt einmal. Ist Ihr Faktor verloren, richten Sie danach unter „Mein Konto“ einen neuen ein.",
    verify: "Prüfen",
    methods: "Wege der Prüfung",
  },
  enrol: {
    title: "Zweiten Faktor einrichten",
    lead: "Mit einem Passwort allein meldet sich hier niemand an. Scannen Sie dies mit einer Authenticator-App und geben Sie den Code ein, den sie zeigt.",
    qr: "QR-Code für die Authenticator-App",
    manual: "Oder diesen Schlüssel in die App eingeben",
    confirm: "Bestätigen",
    orPasskey: "Stattdessen einen Passkey einrichten",
    passkeyFirst: "Erster Passkey",
  },
  recovery: {
    title: "Bewahren Sie diese Codes auf",
    lead: "Jeder lässt Sie einmal hinein, falls Sie Ihren zweiten Faktor verlieren. Sie werden nur jetzt gezeigt.",
    copy: "Alle kopieren",
    copied: "Kopiert",
    kept: "Ich habe sie sicher abgelegt",
    done: "Zur Konsole",
  },
  invitation: {
    title: "Willkommen bei Pitboss",
    lead: "{name}, wählen Sie ein Passwort für {email}. Danach kommt ein zweiter Faktor.",
    hint: "Mindestens 12 Zeichen. Lang und merkbar schlägt kurz und seltsam.",
    again: "Passwort, noch einmal",
    differs: "Die beiden sind nicht gleich.",
  },
  ended: {
    idle: "Sie wurden abgemeldet, weil eine Weile nichts geschah.",
    revoked: "Ihre Sitzung wurde beendet. Bitte neu anmelden.",
    signedOut: "Sie sind abgemeldet.",
  },
  passkeyFailed: "Der Passkey wurde nicht benutzt. Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.",
};
