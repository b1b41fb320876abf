/** The events of what the house has verified of a player. */
import { z } from "zod";
import { defineEvent } from "../../ops/event-envelope.ts";

const fields = {
  caseId: z.string().describe("The case that was decided."),
  level: z.int().min(0).max(3).describe("The player's level from now on."),
};

export const kycVerified = defineEvent("kyc.verified", 1, "A person approved a level of verification.", fields);
export const kycRevoked = defineEvent(
  "kyc.revoked",
  1,
  "An approved level was taken back, or is asked for anew.",
  fields,
);
