/** Rounds for staff: looked at, taken out of the inbox, settled by hand. */
import { listRoundTroubles } from "../../gaming/staff/rounds/list-round-troubles.ts";
import { resolveTrouble } from "../../gaming/staff/rounds/resolve-trouble.ts";
import { listStalePolicies, setStalePolicy } from "../../gaming/staff/rounds/stale-policies.ts";
import { planSettlement, proposeSettlement } from "../../gaming/staff/settlements/propose-settlement.ts";
import { showRound } from "../../gaming/staff/show-bet.ts";
import { router } from "./procedure.ts";

export const roundRouter = router({
  show: showRound,
  troubles: listRoundTroubles,
  resolve: resolveTrouble,
  planSettlement,
  proposeSettlement,
  stalePolicies: listStalePolicies,
  setStalePolicy,
});
