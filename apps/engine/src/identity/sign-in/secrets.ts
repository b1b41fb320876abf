/** Opaque secrets: 32 random bytes, kept by us as SHA-256 only. The prefix tells a person which kind leaked. */
import { createHash, randomBytes } from "node:crypto";

type SecretKind = "session" | "flow" | "invitation" | "device" | "machine" | "refresh" | "link" | "playerDevice";

const prefixes: Readonly<Record<SecretKind, string>> = {
  session: "pss",
  flow: "psf",
  invitation: "psi",
  device: "psd",
  machine: "mk",
  refresh: "prt",
  link: "ppl",
  playerDevice: "pdt",
};

export function newSecret(kind: SecretKind): string {
  return `${prefixes[kind]}_${randomBytes(32).toString("base64url")}`;
}

export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
