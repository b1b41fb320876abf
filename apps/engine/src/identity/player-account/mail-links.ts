/** Secrets that go out by mail: what holds one has the mailbox. */
import { insertLink, type LinkPurpose } from "@pitboss/db/identity/player-credential-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";
import type { PlayerDeps } from "./player-deps.ts";

const linkMs = {
  VERIFY_EMAIL: 24 * 3_600_000,
  CHANGE_EMAIL: 24 * 3_600_000,
  RESET_PASSWORD: 30 * 60_000,
} as const satisfies Record<LinkPurpose, number>;

/** Earlier links stay as good as they were: whoever asks for another one can't spoil what the owner is about to use. */
export async function makeLink(
  db: Executor,
  { clock }: PlayerDeps,
  link: { readonly playerId: bigint; readonly purpose: LinkPurpose; readonly newEmail?: Buffer },
): Promise<string> {
  const { playerId, purpose, newEmail = null } = link;
  const secret = newSecret("link");
  const expiresAt = new Date(clock.now() + linkMs[purpose]);
  await insertLink(db, { hash: hashSecret(secret), playerId, purpose, expiresAt, newEmail });
  return secret;
}
