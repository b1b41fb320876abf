/**
 * Which kinds of break there are, whose they are, and how each may be ended. A reconciliation of another kind adds its
 * source and its rows here, and a handler in the engine (`apps/engine/src/ops/breaks/break-handlers.ts`).
 */
export const breakSources = ["cashier", "provider"] as const;
export type BreakSource = (typeof breakSources)[number];

/**
 * POST moves money through the ledger's door so that both sides agree. MATCH says by hand that two records are the same.
 * EXPLAIN ends it with a reason alone. WRITE_OFF posts the difference as the house's loss or gain.
 */
export const resolutionMethods = ["POST", "MATCH", "EXPLAIN", "WRITE_OFF"] as const;
export type ResolutionMethod = (typeof resolutionMethods)[number];

interface BreakTypeRow {
  readonly source: BreakSource;
  /** What is told differently, in one sentence. */
  readonly means: string;
  readonly methods: readonly ResolutionMethod[];
}

export const breakTypes = {
  MISSING_AT_PSP: {
    source: "cashier",
    means: "The ledger has it, and no settlement report of the provider does, although its time is over.",
    methods: ["POST", "MATCH", "EXPLAIN", "WRITE_OFF"],
  },
  MISSING_IN_LEDGER: {
    source: "cashier",
    means: "The provider settled it, and the ledger does not have it.",
    methods: ["POST", "MATCH", "EXPLAIN", "WRITE_OFF"],
  },
  STATUS_DIFFERS: {
    source: "cashier",
    means: "The provider settled it, and here it is in a state without money, as declined or given up.",
    methods: ["POST", "MATCH", "EXPLAIN", "WRITE_OFF"],
  },
  AMOUNT_DIFFERS: {
    source: "cashier",
    means: "Ledger and provider have it with different amounts.",
    methods: ["POST", "EXPLAIN", "WRITE_OFF"],
  },
  CURRENCY_DIFFERS: {
    source: "cashier",
    means: "Ledger and provider have it in different currencies.",
    methods: ["EXPLAIN"],
  },
  SETTLED_TWICE: {
    source: "cashier",
    means: "The provider settled the same payment more than once.",
    methods: ["POST", "EXPLAIN", "WRITE_OFF"],
  },
  FEE_DIFFERS: {
    source: "cashier",
    // The ledger has the provider's fee by then: a difference is claimed from the provider, and comes back as a line.
    means: "The provider kept another fee than it had named for the payment.",
    methods: ["EXPLAIN"],
  },
  LINE_UNEXPLAINED: {
    source: "cashier",
    means: "The provider's report has a line that no payment of the house explains.",
    methods: ["POST", "EXPLAIN", "WRITE_OFF"],
  },
  REPORT_SUM_DIFFERS: {
    source: "cashier",
    means: "The lines of a settlement report do not add up to what it says was paid out.",
    methods: ["POST", "EXPLAIN", "WRITE_OFF"],
  },
  MISSING_AT_BANK: {
    source: "cashier",
    means: "The provider says that it paid out, and the bank's statements do not show it.",
    methods: ["MATCH", "EXPLAIN", "WRITE_OFF"],
  },
  BANK_AMOUNT_DIFFERS: {
    source: "cashier",
    means: "Another amount arrived at the bank than the provider says it paid out.",
    methods: ["POST", "EXPLAIN", "WRITE_OFF"],
  },
  BANK_UNEXPLAINED: {
    source: "cashier",
    means: "The bank's statement has an entry that nothing of the house explains.",
    methods: ["POST", "MATCH", "EXPLAIN", "WRITE_OFF"],
  },
  STATEMENT_GAP: {
    source: "cashier",
    means: "A bank statement does not begin where the one before it ended, or its entries do not add up.",
    methods: ["EXPLAIN"],
  },
  ROUND_MISSING_HERE: {
    source: "provider",
    means: "The game provider has the round, and the house does not.",
    methods: ["POST", "EXPLAIN"],
  },
  ROUND_MISSING_THERE: {
    source: "provider",
    means: "The house has the round, and no file of the game provider does.",
    methods: ["POST", "EXPLAIN"],
  },
  ROUND_AMOUNT_DIFFERS: {
    source: "provider",
    means: "Stakes or wins of the round differ.",
    methods: ["POST", "EXPLAIN"],
  },
  ROUND_STATUS_DIFFERS: {
    source: "provider",
    means: "One side has the round open, ended or rolled back, and the other has not.",
    methods: ["POST", "EXPLAIN"],
  },
  ROUND_CURRENCY_DIFFERS: {
    source: "provider",
    means: "The round was played in different currencies.",
    methods: ["EXPLAIN"],
  },
  ROUND_DUPLICATED: {
    source: "provider",
    means: "The game provider's file names the round more than once.",
    methods: ["EXPLAIN"],
  },
} as const satisfies Record<string, BreakTypeRow>;
export type BreakType = keyof typeof breakTypes;

export const breakTypeNames = Object.keys(breakTypes) as readonly BreakType[];

export function breakTypeRow(type: BreakType): BreakTypeRow {
  return breakTypes[type];
}
