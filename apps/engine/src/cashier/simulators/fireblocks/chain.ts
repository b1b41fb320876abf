/**
 * The chains of a simulated custodian: a block comes every so often, and holds what was broadcast before. Blocks can be
 * taken back, and a transaction can be dropped for good, as on a real chain.
 */
import { randomBytes } from "node:crypto";
import { type Journal, openJournal } from "../journal.ts";

export interface SimulatedTransaction {
  readonly id: string;
  readonly externalTxId: string | null;
  readonly assetId: string;
  /** Decimal. */
  readonly amount: string;
  readonly incoming: boolean;
  readonly vault: string;
  readonly address: string;
  readonly sourceAddress: string;
  readonly createdAt: number;
  status: string;
  subStatus: string;
  txHash: string | null;
  confirmations: number;
  networkFee: string | null;
}

export interface Chain {
  readonly journal: Journal<SimulatedTransaction>;
  add(
    transaction: Omit<SimulatedTransaction, "status" | "subStatus" | "txHash" | "confirmations" | "networkFee">,
  ): SimulatedTransaction;
  /** Takes blocks back, so that it waits for its first one again; dropped, it never comes. */
  reorganise(transaction: SimulatedTransaction, drop: boolean): void;
  stop(): void;
}

/** How many blocks the custodian calls it complete after. */
const completeAfter = 3;
const fees: Readonly<Record<string, string>> = {
  BTC: "0.00001200",
  ETH: "0.000420000000000000",
  USDT_ERC20: "0.000910000000000000",
};

export function openChain(
  path: string,
  blockMs: number,
  /** The money of a payout that failed is the house's again. */
  tell: (transaction: SimulatedTransaction) => void,
): Chain {
  const journal = openJournal<SimulatedTransaction>(path);

  function change(transaction: SimulatedTransaction, to: Partial<SimulatedTransaction>): void {
    journal.change(transaction, to);
    tell(transaction);
  }

  function advance(): void {
    for (const transaction of journal.all()) {
      switch (transaction.status) {
        case "SUBMITTED":
          change(transaction, { status: "PENDING_SIGNATURE" });
          break;
        case "PENDING_SIGNATURE":
          change(transaction, {
            status: "BROADCASTING",
            txHash: hashFor(transaction.assetId),
            networkFee: fees[transaction.assetId] ?? null,
          });
          break;
        case "BROADCASTING":
          change(transaction, { status: "CONFIRMING", confirmations: 1 });
          break;
        case "CONFIRMING": {
          const confirmations = transaction.confirmations + 1;
          change(transaction, { confirmations, ...(confirmations >= completeAfter ? { status: "COMPLETED" } : {}) });
          break;
        }
        case "COMPLETED":
          // Blocks go on coming; nobody is told of each.
          if (transaction.confirmations < 60) transaction.confirmations += 1;
          break;
        default:
          // What failed or was refused stays so.
          break;
      }
    }
  }

  const timer = setInterval(advance, blockMs);
  timer.unref();
  return {
    journal,
    add(made) {
      const transaction: SimulatedTransaction = {
        ...made,
        // What comes from outside was broadcast by somebody else.
        status: made.incoming ? "BROADCASTING" : "SUBMITTED",
        subStatus: "",
        txHash: made.incoming ? hashFor(made.assetId) : null,
        confirmations: 0,
        networkFee: null,
      };
      journal.add(transaction);
      tell(transaction);
      return transaction;
    },
    reorganise(transaction, drop) {
      if (drop) change(transaction, { status: "FAILED", subStatus: "DROPPED_BY_BLOCKCHAIN", confirmations: 0 });
      else change(transaction, { status: "BROADCASTING", confirmations: 0 });
    },
    stop: () => clearInterval(timer),
  };
}

function hashFor(assetId: string): string {
  const hash = randomBytes(32).toString("hex");
  return assetId === "BTC" ? hash : `0x${hash}`;
}
