import { findChallenge, insertChallenge, takeChallenge } from "@pitboss/db/identity/staff-factors";
import { recordSecondFactor } from "@pitboss/db/identity/staff-session-store";
import { secondFactorFreshUntilMs } from "@pitboss/domain/identity/step-up";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffActor } from "../actor.ts";
import { takeTotpCode } from "../sign-in/check-totp.ts";
import { checkPasskey, passkeyOptions } from "../sign-in/passkeys.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";
import { throttled } from "../sign-in/throttled.ts";
import type { StaffDeps } from "../staff-deps.ts";

const stepUpFlowMs = 2 * 60_000;

const stepUpInput = z.discriminatedUnion("method", [
  z.object({ method: z.literal("TOTP"), code: z.string().max(10) }),
  z.object({
    method: z.literal("PASSKEY"),
    flow: z.string().max(200),
    response: z.looseObject({ id: z.string().max(1024) }),
  }),
]);

export interface StepUpOffer {
  readonly flow: string;
  readonly options: PublicKeyCredentialRequestOptionsJSON;
}

/** A challenge for one's own passkeys. */
export const offerStepUp = staffProcedure("account.own").mutation(async ({ ctx }): Promise<StepUpOffer> => {
  const { deps, staff } = ctx;
  const options = await passkeyOptions(deps, staff.staffId);
  const flow = newSecret("flow");
  await insertChallenge(deps.db, {
    hash: hashSecret(flow),
    purpose: "STEP_UP",
    staffId: staff.staffId,
    sessionId: staff.sessionId,
    challenge: options.challenge,
    expiresAt: new Date(deps.clock.now() + stepUpFlowMs),
  });
  return { flow, options };
});

/** A fresh second factor: what is dangerous goes for five minutes. Recovery codes are for signing in alone. */
export const stepUp = staffProcedure("account.own")
  .input(stepUpInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly freshUntil: string }> => {
    const { deps, staff, acting } = ctx;
    const door = { kind: "staff", step: "factor", account: formatId("staff", staff.staffId), ip: staff.ip } as const;
    const right = orThrow(await throttled(deps, door, () => checkStepUp(deps, staff, input)));
    if (right === undefined) throwFailure({ code: "FACTOR_WRONG" });
    const now = new Date(deps.clock.now());
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        await recordSecondFactor(tx, staff.sessionId, input.method, now);
        note({
          action: "session.step-up",
          subject: { kind: "staff", id: formatId("staff", staff.staffId) },
          after: { secondFactor: input.method },
        });
        return ok({ freshUntil: new Date(secondFactorFreshUntilMs(now.getTime())).toISOString() });
      }),
    );
  });

async function checkStepUp(
  deps: StaffDeps,
  staff: StaffActor,
  input: z.infer<typeof stepUpInput>,
): Promise<true | undefined> {
  if (input.method === "TOTP") {
    return (await takeTotpCode(deps, staff.staffId, input.code, "confirmed")) ? true : undefined;
  }
  const now = new Date(deps.clock.now());
  const hash = hashSecret(input.flow);
  const found = await findChallenge(deps.db, hash, now);
  if (found?.purpose !== "STEP_UP" || found.sessionId !== staff.sessionId || found.challenge === null) return undefined;
  if (!(await takeChallenge(deps.db, hash, now))) return undefined;
  const owner = await checkPasskey(deps, input.response as unknown as AuthenticationResponseJSON, found.challenge);
  return owner.ok && owner.value === staff.staffId ? true : undefined;
}
