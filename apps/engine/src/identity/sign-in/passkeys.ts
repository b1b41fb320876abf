/** Passkeys (WebAuthn): challenges out, responses checked. A passkey always verifies its user, so it is two factors. */
import { findPasskey, insertPasskey, listPasskeys, recordPasskeyUse } from "@pitboss/db/identity/staff-factors";
import type { Executor } from "@pitboss/db/kernel/executor";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { StaffDeps } from "../staff-deps.ts";

const houseName = "Pitboss";

function relyingParty({ settings }: Pick<StaffDeps, "settings">): { readonly id: string; readonly origin: string } {
  const { hostname, origin } = new URL(settings.consoleOrigin);
  return { id: hostname, origin };
}

/** `staffId` undefined: whoever comes with a passkey says by it who they are. */
export async function passkeyOptions(
  deps: StaffDeps,
  staffId: bigint | undefined,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const known = staffId === undefined ? [] : await listPasskeys(deps.db, staffId);
  return generateAuthenticationOptions({
    rpID: relyingParty(deps).id,
    userVerification: "required",
    allowCredentials: known.map(({ id, transports }) => ({
      id,
      transports: transports as AuthenticatorTransport[],
    })),
  });
}

/** Whose passkey answered the challenge. */
export async function checkPasskey(
  deps: StaffDeps,
  response: AuthenticationResponseJSON,
  challenge: string,
): Promise<Result<bigint, Failure<"FACTOR_WRONG">>> {
  const passkey = await findPasskey(deps.db, response.id);
  if (passkey === undefined) return err("FACTOR_WRONG");
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(deps);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: Number(passkey.counter),
        transports: passkey.transports,
      },
    });
    if (!verified) return err("FACTOR_WRONG");
    await recordPasskeyUse(deps.db, passkey.id, BigInt(authenticationInfo.newCounter), new Date(deps.clock.now()));
    return ok(passkey.staffId);
  } catch (error) {
    // The library throws on every mismatch; what it says is for the log.
    deps.log.info({ err: error }, "a passkey was refused");
    return err("FACTOR_WRONG");
  }
}

export async function newPasskeyOptions(
  deps: StaffDeps,
  person: { readonly id: bigint; readonly email: string; readonly name: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await listPasskeys(deps.db, person.id);
  return generateRegistrationOptions({
    rpName: houseName,
    rpID: relyingParty(deps).id,
    userID: new TextEncoder().encode(`pitboss-staff-${person.id}`),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: "none",
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

export async function addPasskey(
  deps: Pick<StaffDeps, "settings" | "log"> & { readonly db: Executor },
  staffId: bigint,
  answer: { readonly response: RegistrationResponseJSON; readonly challenge: string; readonly name: string },
): Promise<Result<string, Failure<"FACTOR_WRONG" | "FACTOR_EXISTS">>> {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(deps);
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer.response,
      expectedChallenge: answer.challenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
    });
    if (!verified) return err("FACTOR_WRONG");
    const { credential, credentialBackedUp } = registrationInfo;
    const added = await insertPasskey(deps.db, {
      id: credential.id,
      staffId,
      publicKey: Buffer.from(credential.publicKey),
      counter: BigInt(credential.counter),
      transports: credential.transports ?? [],
      name: answer.name,
      backedUp: credentialBackedUp,
    });
    return added ? ok(credential.id) : err("FACTOR_EXISTS");
  } catch (error) {
    deps.log.info({ err: error }, "a new passkey was refused");
    return err("FACTOR_WRONG");
  }
}
