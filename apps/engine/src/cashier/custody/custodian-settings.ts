/** Who keeps the house's money on chains, who looks at the past of addresses, and who is told of payouts, from the file. */
import { z } from "zod";

export const custodianSettings = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name: z.string().min(1).max(80),
  adapter: z.enum(["fireblocks"]),
  url: z.url({ protocol: /^https?$/ }),
  apiKey: z.string().min(8),
  /** PEM, RSA: what requests are signed with. */
  privateKey: z.string().min(100),
  /** Where the keys are that webhooks are signed with. */
  jwksUrl: z.url({ protocol: /^https?$/ }),
  /** The account that payouts leave from. */
  hotVault: z.string().min(1).max(80),
});
export type CustodianSettings = z.infer<typeof custodianSettings>;

/** A service that is called with a token. */
export const serviceSettings = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().min(16),
});
