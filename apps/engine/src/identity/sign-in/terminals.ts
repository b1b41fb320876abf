/**
 * Lets a terminal in (RFC 8628): it shows a short code, a signed-in person types it in the console and says yes with a
 * fresh second factor, and the terminal's next question is answered with a session of that person.
 */
import { randomInt } from "node:crypto";
import {
  answerTerminal,
  findTerminal,
  findWaitingTerminal,
  insertTerminal,
  takeTerminal,
  type TerminalRecord,
} from "@pitboss/db/identity/terminal-store";
import { findStaffCredentials } from "@pitboss/db/identity/staff-directory";
import type { Executor } from "@pitboss/db/kernel/executor";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { enteringAs, type From } from "./from.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { hashSecret, newSecret } from "./secrets.ts";

const waitMs = 10 * 60_000;
const askEverySeconds = 3;
/** No vowels, so no words; no letters that look like digits. */
const codeLetters = "BCDFGHJKLMNPQRSTVWXZ";

export interface TerminalOffer {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly expiresAt: string;
  readonly intervalSeconds: number;
}

export async function offerTerminal(deps: StaffDeps, client: string, from: From): Promise<TerminalOffer> {
  const deviceCode = newSecret("device");
  const letters = Array.from({ length: 8 }, () => codeLetters[randomInt(codeLetters.length)]).join("");
  const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  const expiresAt = new Date(deps.clock.now() + waitMs);
  await insertTerminal(deps.db, { deviceHash: hashSecret(deviceCode), userCode, client, ip: from.ip, expiresAt });
  return {
    deviceCode,
    userCode,
    verificationUri: new URL("/terminal", deps.settings.consoleOrigin).href,
    expiresAt: expiresAt.toISOString(),
    intervalSeconds: askEverySeconds,
  };
}

export async function findOfferedTerminal(deps: StaffDeps, userCode: string): Promise<Result<TerminalRecord>> {
  const found = await findWaitingTerminal(deps.db, spell(userCode), new Date(deps.clock.now()));
  return found === undefined ? err("RECORD_NOT_FOUND", "No terminal waits with this code.") : ok(found);
}

/** Marks it; the session opens when the terminal asks next. */
export function answerOfferedTerminal(
  tx: Executor,
  userCode: string,
  answer: { readonly approvedBy: bigint } | "denied",
  now: Date,
): Promise<boolean> {
  return answerTerminal(tx, spell(userCode), answer, now);
}

export async function collectTerminal(deps: StaffDeps, deviceCode: string, from: From): Promise<Result<OpenedSession>> {
  const now = new Date(deps.clock.now());
  const found = await findTerminal(deps.db, hashSecret(deviceCode));
  if (found === undefined || found.usedAt !== null || found.expiresAt <= now) return err("SIGN_IN_ENDED");
  if (found.deniedAt !== null) return err("NOT_ALLOWED", "The terminal was turned away.");
  if (found.approvedBy === null) return err("AUTHORIZATION_PENDING");
  const id = formatId("staff", found.approvedBy);
  return withAudit(deps.db, enteringAs(id, from, "cli"), async (tx, note) => {
    const staffId = await takeTerminal(tx, hashSecret(deviceCode), now);
    if (staffId === undefined) return err("SIGN_IN_ENDED");
    const person = await findStaffCredentials(tx, staffId);
    if (person?.status !== "ACTIVE") return err("SIGN_IN_ENDED");
    return ok(await openSession(tx, note, { staffId, channel: "cli", secondFactor: "TERMINAL", from, now }));
  });
}

function spell(userCode: string): string {
  const letters = userCode.toUpperCase().replace(/[^A-Z]/g, "");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
