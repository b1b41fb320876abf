/**
 * What players are written about their verification. The words are the house's templates, by the code that the reviewer chose:
 * nothing that staff types reaches a mail, and no mail says more of the player than that they were asked.
 */
import {
  caseReasons,
  type CaseDecision,
  type CaseReason,
  type VerifiedLevel,
} from "@pitboss/domain/compliance/kyc/case-machine";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { Mail } from "../../identity/mail/mailer.ts";

type Text = Omit<Mail, "to">;
type MailDeps = Pick<StaffDeps, "db" | "players" | "mailer" | "log">;

const what: Readonly<Record<VerifiedLevel, string>> = {
  1: "your name and address",
  2: "your identity",
  3: "where your money comes from",
};
const answer = "Sign in and give the document under Verification; you need not answer this mail.";

/** Undefined where the player need not know. */
function decisionMail(
  decision: CaseDecision,
  level: VerifiedLevel,
  reasonCode: CaseReason | null | undefined,
): Text | undefined {
  const why = reasonCode == null ? "" : `${caseReasons[reasonCode]}\n\n`;
  switch (decision) {
    case "approve":
      return { subject: "You are verified", text: `We have verified ${what[level]}. There is nothing left to do.` };
    case "askAgain":
      return {
        subject: "We need another document",
        text: `We could not verify ${what[level]} yet.\n\n${why}${answer}`,
      };
    case "renew":
      return { subject: "Please verify again", text: `We have to verify ${what[level]} anew.\n\n${why}${answer}` };
    case "reject":
    case "revoke":
      return { subject: "We could not verify you", text: `We could not verify ${what[level]}.\n\n${why}`.trim() };
    case "hold":
    case "resume":
      return undefined;
  }
}

export function reminderMail(level: VerifiedLevel, by: Date): Text {
  const day = by.toISOString().slice(0, 10);
  return {
    subject: "Your verification runs out soon",
    text: `We have to verify ${what[level]} anew by ${day}. We write again then; a document that is valid on that day will be needed.`,
  };
}

export async function mailDecision(
  deps: MailDeps,
  playerId: bigint,
  {
    decision,
    level,
    reasonCode,
  }: {
    readonly decision: CaseDecision;
    readonly level: VerifiedLevel;
    readonly reasonCode?: CaseReason | null | undefined;
  },
): Promise<void> {
  const mail = decisionMail(decision, level, reasonCode);
  if (mail !== undefined) await mailAboutCase(deps, playerId, mail);
}

/** A mail that can't be sent holds nothing up: what it says stands in the player's account as well. */
export async function mailAboutCase(deps: MailDeps, playerId: bigint, mail: Text): Promise<void> {
  try {
    const opened = await deps.players.open(deps.db, playerId);
    const to = opened.ok ? opened.value.data.email : undefined;
    if (to !== undefined) await deps.mailer.send({ to, ...mail });
  } catch (error) {
    deps.log.warn({ err: error }, "a mail about a verification could not be sent");
  }
}
