import { askTransfer, closeBank } from "./follow-banks.ts";
import { listBanks, listTransfers, showTransfer } from "./list-transfers.ts";

/** What staff see and do of providers' own wallets, as part of `provider`. */
export const bankProcedures = {
  transfers: listTransfers,
  transfer: showTransfer,
  gameBanks: listBanks,
  askTransfer,
  closeBank,
};
