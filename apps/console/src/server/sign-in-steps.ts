/** The steps of a sign-in: which of the engine's addresses each is, and what of the answer the browser may see. */
import { z } from "zod";

const flow = z.object({
  flow: z.string(),
  next: z.enum(["SECOND_FACTOR", "ENROL"]),
  methods: z.array(z.enum(["TOTP", "PASSKEY", "RECOVERY_CODE"])),
});
const opened = z.object({ session: z.string(), recoveryCodes: z.array(z.string()).optional() });
/** WebAuthn's options are for the browser to read; nothing here looks into them. */
const options = z.record(z.string(), z.unknown());

interface Step<T> {
  readonly path: string;
  readonly answer: z.ZodType<T>;
}

function step<T>(path: string, answer: z.ZodType<T>): Step<T> {
  return { path: `/staff${path}`, answer };
}

export const signInSteps = {
  password: step("/sign-in", flow),
  "passkey-options": step("/sign-in/passkey-options", z.object({ flow: z.string(), options })),
  "enrol-totp": step("/sign-in/enrol/totp", z.object({ secret: z.string(), uri: z.string() })),
  "enrol-passkey": step("/sign-in/enrol/passkey", z.object({ options })),
  invitation: step("/invitation", z.object({ email: z.string(), name: z.string() })),
  "accept-invitation": step("/invitation/accept", flow),
} as const;

/** Steps after which somebody is signed in. The session's secret goes into a cookie, never into the answer. */
export const lastSteps = {
  "second-factor": step("/sign-in/second-factor", opened),
  "confirm-totp": step("/sign-in/enrol/totp/confirm", opened),
  "confirm-passkey": step("/sign-in/enrol/passkey/confirm", opened),
} as const;

type AnswerOf<S> = S extends Step<infer T> ? T : never;

/** What the browser gets for each step. */
export type SignInAnswers = { [K in keyof typeof signInSteps]: AnswerOf<(typeof signInSteps)[K]> } & {
  [K in keyof typeof lastSteps]: { readonly recoveryCodes?: readonly string[] | undefined };
};
