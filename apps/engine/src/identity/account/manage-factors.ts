import {
  confirmTotp,
  deletePasskey,
  deleteTotp,
  findChallenge,
  findTotp,
  insertChallenge,
  listPasskeys,
  takeChallenge,
} from "@pitboss/db/identity/staff-factors";
import { findStaff } from "@pitboss/db/identity/staff-directory";
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffActor } from "../actor.ts";
import { takeTotpCode } from "../sign-in/check-totp.ts";
import { beginTotp as offer, renewRecoveryCodes, type TotpOffer } from "../sign-in/enrol-factor.ts";
import { addPasskey as storePasskey, newPasskeyOptions } from "../sign-in/passkeys.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";
import { throttled } from "../sign-in/throttled.ts";
import type { StaffDeps } from "../staff-deps.ts";

const enrolMs = 5 * 60_000;

export interface Factors {
  readonly totp: { readonly since: string } | null;
  readonly passkeys: readonly {
    readonly passkeyId: string;
    readonly name: string;
    readonly backedUp: boolean;
    readonly createdAt: string;
    readonly lastUsedAt: string | null;
  }[];
  readonly recoveryCodesLeft: number;
}

/** One's own second factors. */
export const showFactors = staffProcedure("account.own").query(async ({ ctx }): Promise<Factors> => {
  const { db } = ctx.deps;
  const { staffId } = ctx.staff;
  const [totp, passkeys, person] = await Promise.all([
    findTotp(db, staffId),
    listPasskeys(db, staffId),
    findStaff(db, staffId),
  ]);
  return {
    totp: totp?.confirmedAt == null ? null : { since: totp.confirmedAt.toISOString() },
    passkeys: passkeys.map(({ id, name, backedUp, createdAt, lastUsedAt }) => ({
      passkeyId: id,
      name,
      backedUp,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    recoveryCodesLeft: person?.factors.recoveryCodes ?? 0,
  };
});

/** Offers a secret for an authenticator app; it counts once a code of it was confirmed. */
export const beginTotp = staffProcedure("account.secure").mutation(
  async ({ ctx }): Promise<TotpOffer> => orThrow(await offer(ctx.deps, ctx.staff.staffId)),
);

export const confirmOwnTotp = staffProcedure("account.secure")
  .input(z.object({ code: z.string().max(10) }))
  .mutation(async ({ ctx, input }): Promise<{ readonly added: true }> => {
    const { deps, staff, acting } = ctx;
    const door = { kind: "staff", step: "factor", account: formatId("staff", staff.staffId), ip: staff.ip } as const;
    const right = orThrow(
      await throttled(deps, door, async () =>
        (await takeTotpCode(deps, staff.staffId, input.code, "unconfirmed")) ? true : undefined,
      ),
    );
    if (right === undefined) throwFailure({ code: "FACTOR_WRONG" });
    return orThrow(
      await change(deps, acting, staff, "factor.add", { factor: "TOTP" }, async (tx) => {
        await confirmTotp(tx, staff.staffId, new Date(deps.clock.now()));
        return ok({ added: true });
      }),
    );
  });

export const removeTotp = staffProcedure("account.secure").mutation(
  async ({ ctx }): Promise<{ readonly removed: true }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await change(deps, acting, staff, "factor.remove", { factor: "TOTP" }, async (tx) => {
        if ((await listPasskeys(tx, staff.staffId)).length === 0) return err("FACTOR_LAST");
        return (await deleteTotp(tx, staff.staffId)) ? ok({ removed: true }) : err("FACTOR_UNKNOWN");
      }),
    );
  },
);

export interface PasskeyOffer {
  readonly flow: string;
  readonly options: PublicKeyCredentialCreationOptionsJSON;
}

export const beginPasskey = staffProcedure("account.secure").mutation(async ({ ctx }): Promise<PasskeyOffer> => {
  const { deps, staff } = ctx;
  const options = await newPasskeyOptions(deps, { id: staff.staffId, email: staff.email, name: staff.name });
  const flow = newSecret("flow");
  await insertChallenge(deps.db, {
    hash: hashSecret(flow),
    purpose: "ENROL_PASSKEY",
    staffId: staff.staffId,
    sessionId: staff.sessionId,
    challenge: options.challenge,
    expiresAt: new Date(deps.clock.now() + enrolMs),
  });
  return { flow, options };
});

export const addPasskey = staffProcedure("account.secure")
  .input(
    z.object({
      flow: z.string().max(200),
      name: z.string().trim().min(1).max(80),
      response: z.looseObject({ id: z.string().max(1024) }),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly passkeyId: string }> => {
    const { deps, staff, acting } = ctx;
    const now = new Date(deps.clock.now());
    const found = await findChallenge(deps.db, hashSecret(input.flow), now);
    const { challenge } = found ?? { challenge: null };
    if (found?.purpose !== "ENROL_PASSKEY" || found.staffId !== staff.staffId || challenge === null) {
      throwFailure({ code: "SIGN_IN_ENDED" });
    }
    if (!(await takeChallenge(deps.db, hashSecret(input.flow), now))) throwFailure({ code: "SIGN_IN_ENDED" });
    const response = input.response as unknown as RegistrationResponseJSON;
    return orThrow(
      await change(deps, acting, staff, "factor.add", { factor: "PASSKEY", name: input.name }, async (tx) => {
        const added = await storePasskey({ ...deps, db: tx }, staff.staffId, { response, challenge, name: input.name });
        return added.ok ? ok({ passkeyId: added.value }) : added;
      }),
    );
  });

export const removePasskey = staffProcedure("account.secure")
  .input(z.object({ passkeyId: z.string().max(1024) }))
  .mutation(async ({ ctx, input }): Promise<{ readonly removed: true }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await change(deps, acting, staff, "factor.remove", { factor: "PASSKEY" }, async (tx) => {
        const [totp, passkeys] = [await findTotp(tx, staff.staffId), await listPasskeys(tx, staff.staffId)];
        if (totp?.confirmedAt == null && passkeys.length < 2) return err("FACTOR_LAST");
        return (await deletePasskey(tx, staff.staffId, input.passkeyId))
          ? ok({ removed: true })
          : err("FACTOR_UNKNOWN");
      }),
    );
  });

/** New recovery codes in place of all older ones; shown this once. */
export const newRecoveryCodes = staffProcedure("account.secure").mutation(
  async ({ ctx }): Promise<{ readonly recoveryCodes: readonly string[] }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await change(deps, acting, staff, "factor.renew-recovery-codes", {}, async (tx) =>
        ok({ recoveryCodes: await renewRecoveryCodes(tx, staff.staffId) }),
      ),
    );
  },
);

function change<T>(
  deps: StaffDeps,
  acting: Acting,
  staff: StaffActor,
  action: string,
  after: JsonObject,
  work: (tx: Transaction) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withAudit(deps.db, acting, async (tx, note) => {
    note({ action, subject: { kind: "staff", id: formatId("staff", staff.staffId) }, after });
    return work(tx);
  });
}
