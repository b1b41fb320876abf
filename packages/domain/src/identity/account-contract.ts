/** The public contract of players' own accounts: registration, sign-in, sessions, devices, passwords. */
import { brandCode } from "./brand.ts";
import { z } from "zod";
import { trackingCode } from "../reporting/affiliates/attribution.ts";
import { plainText } from "../kernel/plain-text.ts";

const time = z.string().meta({ example: "2026-03-02T12:05:00.000Z" });
const timeOrNull = z.string().nullable();
const email = z.email().max(254).meta({ example: "ada@example.com" });
/** What a password must be is checked apart, so that the answer can say which rule it breaks. */
const password = z.string().min(1).max(1024).meta({ example: "violet kettle orbit lantern" });
const secret = z.string().regex(/^[A-Za-z0-9_-]{20,200}$/);
const deviceToken = secret.meta({
  description: "Kept by the browser or app, and sent with the next sign-in: others' guesses don't hold it back then.",
});

export const registerPlayerBody = z
  .strictObject({
    email,
    password,
    firstName: plainText(1, 100),
    lastName: plainText(1, 100),
    birthDate: z.iso.date().meta({ description: "ISO 8601, without a time." }),
    address: plainText(3, 300),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .meta({ description: "ISO 3166-1 alpha-2, where the player lives." }),
    phone: z
      .string()
      .regex(/^\+?[0-9 ()-]{6,30}$/)
      .optional(),
    nickname: plainText(1, 64).optional().meta({ description: "What others may see; one is made up without it." }),
    brand: brandCode.optional().meta({ description: "The brand whose site it is; the house's first one without it." }),
    affiliate: z
      .strictObject({
        code: trackingCode.optional().meta({ description: "A code that the player gave." }),
        clicks: z
          .array(z.string().regex(/^clk_[0-9a-z]{1,13}$/))
          .max(20)
          .optional()
          .meta({ description: "What links brought as `click`, as the site kept it: no cookie is needed." }),
      })
      .optional()
      .meta({ description: "Through whom the player came. What is unknown or too old changes nothing." }),
  })
  .meta({
    id: "RegisterPlayer",
    examples: [
      {
        email: "ada@example.com",
        password: "violet kettle orbit lantern",
        firstName: "Ada",
        lastName: "Borg",
        birthDate: "1990-04-05",
        address: "1 Mill Lane, Valletta",
        country: "MT",
      },
    ],
  });
export type RegisterPlayerBody = z.infer<typeof registerPlayerBody>;

export const mailAnswer = z.object({ next: z.literal("CHECK_MAIL") }).meta({
  id: "CheckMail",
  description: "The same whether an account has the address or not: what there is to say comes by mail.",
  examples: [{ next: "CHECK_MAIL" }],
});

export const addressBody = z.strictObject({ email }).meta({ id: "Address", examples: [{ email: "ada@example.com" }] });

export const linkBody = z
  .strictObject({ token: secret.meta({ description: "From the mail. It works once." }) })
  .meta({ id: "MailToken", examples: [{ token: "ppl_3q2-7wABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" }] });

export const signInBody = z
  .strictObject({ email, password, deviceToken: deviceToken.optional() })
  .meta({ id: "SignIn", examples: [{ email: "ada@example.com", password: "violet kettle orbit lantern" }] });

const tokens = {
  accessToken: z.string().meta({ description: "A JWT of five minutes, sent as `Authorization: Bearer …`." }),
  expiresAt: time.meta({ description: "Of the access token." }),
  refreshToken: z.string().meta({ description: "Gives the next pair of tokens, once." }),
  refreshExpiresAt: time,
};
const tokensExample = {
  accessToken: "eyJhbGciOiJFZERTQSIsImtpZCI6InBsYXllci0xIn0.eyJzdWIiOiJwXzEyMyJ9.c2lnbmF0dXJl",
  expiresAt: "2026-03-02T12:05:00.000Z",
  refreshToken: "prt_9aK1",
  refreshExpiresAt: "2026-03-16T12:00:00.000Z",
};

export const signedInAnswer = z
  .object({ sessionId: z.string(), playerId: z.string(), ...tokens, deviceToken: z.string() })
  .meta({
    id: "SignedIn",
    examples: [{ sessionId: "ps_8c", playerId: "p_123", ...tokensExample, deviceToken: "pdt_5cF2" }],
  });

export const refreshBody = z
  .strictObject({ refreshToken: secret })
  .meta({ id: "RefreshTokens", examples: [{ refreshToken: "prt_3q2-7wABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" }] });

export const tokensAnswer = z.object(tokens).meta({ id: "Tokens", examples: [tokensExample] });

export const sessionsAnswer = z
  .object({
    sessions: z.array(
      z.object({
        sessionId: z.string(),
        current: z.boolean().meta({ description: "True for the session of the token that asks." }),
        createdAt: z.string(),
        lastSeenAt: z.string(),
        endsAt: z.string().meta({ description: "When it ends in any case." }),
        ip: z.string().nullable(),
        userAgent: z.string().nullable(),
        deviceId: z.string().nullable(),
      }),
    ),
  })
  .meta({
    id: "Sessions",
    examples: [
      {
        sessions: [
          {
            sessionId: "ps_8c",
            current: true,
            createdAt: "2026-03-02T12:00:00.000Z",
            lastSeenAt: "2026-03-02T12:04:10.000Z",
            endsAt: "2026-05-31T12:00:00.000Z",
            ip: "203.0.113.5",
            userAgent: "Mozilla/5.0",
            deviceId: "kd_4",
          },
        ],
      },
    ],
  });

export const endedAnswer = z
  .object({ ended: z.int().min(0).meta({ description: "How many sessions were ended." }) })
  .meta({ id: "EndedSessions", examples: [{ ended: 2 }] });

export const devicesAnswer = z
  .object({
    devices: z.array(
      z.object({
        deviceId: z.string(),
        current: z.boolean(),
        firstSeenAt: z.string(),
        lastSeenAt: z.string(),
        ip: z.string().nullable().meta({ description: "Where it signed in from last." }),
        userAgent: z.string().nullable(),
      }),
    ),
  })
  .meta({
    id: "Devices",
    examples: [
      {
        devices: [
          {
            deviceId: "kd_4",
            current: true,
            firstSeenAt: "2026-03-02T12:00:00.000Z",
            lastSeenAt: "2026-03-02T12:04:10.000Z",
            ip: "203.0.113.5",
            userAgent: "Mozilla/5.0",
          },
        ],
      },
    ],
  });

export const resetPasswordBody = z.strictObject({ token: secret, password }).meta({
  id: "ResetPassword",
  examples: [{ token: "ppl_3q2-7wABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", password: "violet kettle orbit lantern" }],
});

export const resetAnswer = z
  .object({ deviceToken })
  .meta({ id: "PasswordReset", examples: [{ deviceToken: "pdt_3q2-7wABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" }] });

export const changePasswordBody = z.strictObject({ currentPassword: password, newPassword: password }).meta({
  id: "ChangePassword",
  examples: [{ currentPassword: "violet kettle orbit lantern", newPassword: "amber sofa comet drizzle" }],
});

export const changeEmailBody = z
  .strictObject({ email, password })
  .meta({ id: "ChangeEmail", examples: [{ email: "ada@example.net", password: "violet kettle orbit lantern" }] });

export const profileAnswer = z
  .object({
    playerId: z.string(),
    nickname: z.string(),
    status: z.enum(["ACTIVE", "BLOCKED", "CLOSED"]),
    country: z.string(),
    createdAt: z.string(),
    emailVerifiedAt: timeOrNull,
    email: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    birthDate: z.string().nullable(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
  })
  .meta({
    id: "Profile",
    description: "Personal fields are null for players that an operator opened without them.",
    examples: [
      {
        playerId: "p_123",
        nickname: "ada",
        status: "ACTIVE",
        country: "MT",
        createdAt: "2026-03-02T11:58:00.000Z",
        emailVerifiedAt: "2026-03-02T11:59:30.000Z",
        email: "ada@example.com",
        firstName: "Ada",
        lastName: "Borg",
        birthDate: "1990-04-05",
        address: "1 Mill Lane, Valletta",
        phone: null,
      },
    ],
  });

export const playerKeysAnswer = z.object({ keys: z.array(z.record(z.string(), z.string())) }).meta({
  id: "PlayerKeys",
  description: "A JSON Web Key Set (RFC 7517) of Ed25519 keys (RFC 8037).",
  examples: [
    {
      keys: [
        {
          kty: "OKP",
          crv: "Ed25519",
          x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
          kid: "player-5f0a",
          use: "sig",
          alg: "EdDSA",
        },
      ],
    },
  ],
});
