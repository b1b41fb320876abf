/**
 * Mails as files in a folder: the default where no mail server is set up. Each is a `.eml` that any mail program opens,
 * named so that the newest sorts last.
 */
import { randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../kernel/context.ts";
import type { Mailer } from "./mailer.ts";

export function createOutboxMailer(folder: string, clock: Clock): Mailer {
  return {
    async send({ to, subject, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const at = new Date(clock.now());
      const name = `${at.toISOString().replace(/[:.]/g, "-")}-${randomBytes(4).toString("hex")}`;
      const headers = [
        `Date: ${at.toUTCString()}`,
        "From: Pitboss <no-reply@pitboss.invalid>",
        `To: ${headerValue(to)}`,
        `Subject: ${headerValue(subject)}`,
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
      ];
      const draft = join(folder, `.${name}`);
      await writeFile(draft, `${headers.join("\r\n")}\r\n\r\n${text.replace(/\r?\n/g, "\r\n")}\r\n`, { mode: 0o600 });
      // Whoever watches the folder sees whole mails only.
      await rename(draft, join(folder, `${name}.eml`));
    },
  };
}

/** A line break in a header would begin another header. */
function headerValue(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
