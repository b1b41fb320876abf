/** Some of the demo's players have asked for their first level, so that the queue has something in it. */
import { randomUUID } from "node:crypto";
import { assert } from "@pitboss/domain/kernel/result";
import { type KycDeps, uploadDocument } from "../compliance/kyc/own-kyc.ts";
import { playerActing } from "../identity/player-account/player-deps.ts";
import { drawSpecimen } from "./specimen-document.ts";

/** Places of those players among the demo's; they have shown no papers yet. */
const asking = [8, 17, 26] as const;

export async function uploadDemoDocuments(deps: KycDeps, players: readonly bigint[]): Promise<void> {
  for (const place of asking) {
    const playerId = players[place];
    if (playerId === undefined) continue;
    const acting = playerActing(playerId, { ip: null, userAgent: "the demo's seed", traceId: randomUUID() });
    const content = drawSpecimen(place);
    const uploaded = await uploadDocument(deps, acting, playerId, {
      kind: "PROOF_OF_ADDRESS",
      issuedIn: null,
      content,
    });
    assert(uploaded.ok, "a player of the demo may ask for the first level");
  }
}
