/** The plan of rotating keys, for a terminal. Targets are purposes of signing keys, SEAL and MASTER. */
import { z } from "zod";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import { openSealKey } from "../../wallet/seal-keys.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { rotateMasterKey, rotateSealing, rotateSigningKey } from "./manage-keys.ts";
import { keyPurposes } from "./signing-ring.ts";

const callerOf = createCaller(router({ rotateSigningKey, rotateSealing, rotateMasterKey }));
const purposeOf = z.enum(keyPurposes);

const planRotation = planned({
  action: "key.rotate",
  permission: "key.rotate",
  params: z.object({}),
  look: async ({ deps }, targets) => {
    const looks: Look[] = [];
    for (const id of targets) looks.push(await lookAt(deps, id));
    return looks;
  },
  apply: async ({ trpc }, id, _params, reason) => {
    if (id === "MASTER") return { ...(await callerOf(trpc).rotateMasterKey({ reason })) };
    if (id === "SEAL") return { ...(await callerOf(trpc).rotateSealing({ reason })) };
    return { ...(await callerOf(trpc).rotateSigningKey({ purpose: purposeOf.parse(id), reason })) };
  },
});

export const planKeys = { keyRotate: planRotation };

/** What stands before is the newest key: somebody else's rotation in between makes it another plan. */
async function lookAt({ keys, ring, settings }: StaffDeps, id: string): Promise<Look> {
  if (id === "MASTER") {
    const what = "Make a new master key; what older ones wrapped is wrapped anew, little by little";
    return { id, what, before: { keyId: await keys.currentKeyId() }, after: { keyId: "new" } };
  }
  if (id === "SEAL") {
    const what = "Make the next key of the ledger's seals; it signs the next one, and the old one verifies for ever";
    return { id, what, before: { kid: openSealKey(settings.dataDir).kid }, after: { kid: "new" } };
  }
  if (!purposeOf.safeParse(id).success) {
    return { id, failure: { code: "REQUEST_INVALID", detail: `It is ${keyPurposes.join(", ")}, SEAL or MASTER.` } };
  }
  const newest = (await ring.list()).findLast(({ purpose }) => purpose === id);
  const what = `Make the next key that signs for ${id}; it signs in two minutes, and the old one verifies meanwhile`;
  return { id, what, before: { kid: newest?.kid ?? null }, after: { kid: "new" } };
}
