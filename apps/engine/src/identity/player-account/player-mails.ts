/**
 * The mails that players get. None carries text that somebody else could have typed: whoever enters another person's
 * address must not be able to write to them through us.
 */
import { maskPersonal } from "@pitboss/domain/identity/personal-data";
import type { PersonalData } from "../keys/player-vault.ts";
import type { Mail } from "../mail/mailer.ts";

type Text = Omit<Mail, "to">;

const paths = {
  VERIFY_EMAIL: ["verify-email", "POST /v1/email-verifications/confirm"],
  CHANGE_EMAIL: ["verify-email", "POST /v1/email-verifications/confirm"],
  RESET_PASSWORD: ["reset-password", "POST /v1/password-resets/confirm"],
} as const;

/** The secret stands behind a `#`, which browsers keep to themselves. */
function wayTo(site: string | undefined, purpose: keyof typeof paths, secret: string): string {
  const [path, call] = paths[purpose];
  return site === undefined ? `${secret}\n\n(the token for ${call})` : `${site}/${path}#${secret}`;
}

export function verifyMail(site: string | undefined, secret: string, data: PersonalData): Text {
  const who = `${maskPersonal("firstName", data.firstName ?? "")} ${maskPersonal("lastName", data.lastName ?? "")}`;
  return {
    subject: "Confirm your e-mail address",
    text: `An account was asked for with this address, for ${who}, born ${(data.birthDate ?? "").slice(0, 4)}.\n\nIf that is you, confirm within a day that the address is yours:\n\n${wayTo(site, "VERIFY_EMAIL", secret)}\n\nIf it isn't you, leave it be: without this nothing comes of it.`,
  };
}

export function changeEmailMail(site: string | undefined, secret: string): Text {
  return {
    subject: "Confirm your new e-mail address",
    text: `Confirm within a day that this is the new address of your account:\n\n${wayTo(site, "CHANGE_EMAIL", secret)}\n\nIf you don't know what this is about, leave it be: without this nothing changes.`,
  };
}

export function resetMail(site: string | undefined, secret: string): Text {
  return {
    subject: "Set a new password",
    text: `A new password was asked for. Set it within half an hour:\n\n${wayTo(site, "RESET_PASSWORD", secret)}\n\nIf it wasn't you, leave it be: your password stays as it is.`,
  };
}

export const haveAccountMail: Text = {
  subject: "You have an account already",
  text: "Somebody asked to open an account with this address, or to give it to theirs. It belongs to your account already: sign in with it, or ask for a new password.\n\nIf it wasn't you, leave it be: nothing changed.",
};

export const emailChangedMail: Text = {
  subject: "Your e-mail address was changed",
  text: "Your account has a new e-mail address from now on.\n\nIf it wasn't you, write to support at once.",
};

export const passwordChangedMail: Text = {
  subject: "Your password was changed",
  text: "Your account has a new password, and every other session was ended.\n\nIf it wasn't you, ask for a new password and write to support.",
};

export const newDeviceMail: Text = {
  subject: "A new device signed in to your account",
  text: "Somebody signed in to your account with the right password, from a device that we had not seen before.\n\nIf it wasn't you, set a new password: that ends every session.",
};

export const stolenTokenMail: Text = {
  subject: "We ended one of your sessions",
  text: "A token of one of your sessions was used twice, which happens when somebody has copied it. We ended that session; sign in again.\n\nIf you don't know why, set a new password as well: that ends every session.",
};
