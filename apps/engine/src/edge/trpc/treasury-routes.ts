/** What the house has at banks and on chains: transfers that came, files that leave, and what it is open to. */
import { listPayoutBatches, showPayoutBatch } from "../../cashier/bank/staff/list-batches.ts";
import { listBankCredits } from "../../cashier/bank/staff/list-credits.ts";
import { proposeBankCredit } from "../../cashier/bank/staff/propose-credit.ts";
import { showBankCredit } from "../../cashier/bank/staff/show-credit.ts";
import { showExposure } from "../../cashier/staff/show-exposure.ts";
import { showTreasury } from "../../cashier/staff/show-treasury.ts";
import { router } from "./procedure.ts";

export const treasuryRoutes = {
  bankCredit: router({ list: listBankCredits, show: showBankCredit, propose: proposeBankCredit }),
  payoutBatch: router({ list: listPayoutBatches, show: showPayoutBatch }),
  exposure: router({ show: showExposure }),
  treasury: router({ show: showTreasury }),
};
