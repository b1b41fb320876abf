/** Access tokens: EdDSA, five minutes, named key. The session behind a token is what can be revoked. */
import { accessTokenMs } from "@pitboss/domain/identity/session-limits";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { Clock } from "../../kernel/context.ts";
import type { KeyPurpose, SigningRing } from "./signing-ring.ts";

const issuer = "pitboss";
type TokenPurpose = Exclude<KeyPurpose, "AUDIT">;

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface AccessTokens {
  issue(purpose: TokenPurpose, subject: string, claims: Readonly<Record<string, string | null>>): Promise<AccessToken>;
  verify(purpose: TokenPurpose, token: string): Promise<Result<JWTPayload & { readonly sub: string }>>;
}

export function createAccessTokens(ring: SigningRing, clock: Clock): AccessTokens {
  return {
    async issue(purpose, subject, claims) {
      const { kid, privateKey } = await ring.signer(purpose);
      const expiresAt = new Date(clock.now() + accessTokenMs);
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "EdDSA", kid, typ: "at+jwt" })
        .setIssuer(issuer)
        .setAudience(purpose.toLowerCase())
        .setSubject(subject)
        .setIssuedAt(Math.floor(clock.now() / 1000))
        .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
        .sign(privateKey);
      return { token, expiresAt };
    },
    async verify(purpose, token) {
      const kid = readKid(token);
      const key = kid === undefined ? undefined : await ring.verifier(purpose, kid);
      if (key === undefined) return err("TOKEN_INVALID");
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer,
          audience: purpose.toLowerCase(),
          algorithms: ["EdDSA"],
          typ: "at+jwt",
          requiredClaims: ["exp", "sub"],
          currentDate: new Date(clock.now()),
        });
        return ok({ ...payload, sub: payload.sub ?? "" });
      } catch (error) {
        if (error instanceof errors.JOSEError) return err("TOKEN_INVALID");
        throw error;
      }
    },
  };
}

function readKid(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    return undefined;
  }
}
