import { router } from "../../../edge/trpc/procedure.ts";
import { cancelFreeSpins, issueFreeSpins } from "./issue-free-spins.ts";
import { listFreeSpins, showFreeSpins } from "./list-free-spins.ts";

export const freeSpinsRouter = router({
  list: listFreeSpins,
  show: showFreeSpins,
  issue: issueFreeSpins,
  cancel: cancelFreeSpins,
});
