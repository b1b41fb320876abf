import type { roles as english } from "#messages/en/roles.ts";
import type { Translation } from "#messages/translation.ts";

export const roles: Translation<typeof english> = {
  support: "Support",
  finance: "Finanzen",
  compliance: "Compliance",
  risk: "Risiko",
  operations: "Betrieb",
  auditor: "Revision",
  admin: "Administration",
};
