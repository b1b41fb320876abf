import type { Command } from "commander";
import { exitCodes } from "../kernel/exit-codes.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import { connect, type Engine } from "../session/engine.ts";

type Part = "transactions" | "wallets";

interface Counted {
  readonly checked: number;
  readonly faults: number;
}

export function ledgerCommands(program: Command, run: Run): void {
  program
    .command("ledger")
    .description("The ledger as a whole.")
    .command("verify")
    .description(
      "Check the ledger from its rows: every transaction sums to zero in each currency, every balance is the sum of its postings. Ends with 6 where something is wrong.",
    )
    .option("--from-transaction <id>", "go on after this transaction")
    .option("--from-wallet <id>", "leave the transactions out, and go on after this wallet")
    .addHelpText(
      "after",
      "\nFaults are printed as they are found, with --json as one line each; the last line is the summary.",
    )
    .action(
      run(async (world, options: { fromTransaction?: string; fromWallet?: string }) => {
        const engine = connect(world);
        const found: Record<Part, Counted> = {
          transactions: { checked: 0, faults: 0 },
          wallets: { checked: 0, faults: 0 },
        };
        if (options.fromWallet === undefined) {
          found.transactions = await verifyPart(world, engine, "transactions", options.fromTransaction);
        }
        found.wallets = await verifyPart(world, engine, "wallets", options.fromWallet);
        const faults = found.transactions.faults + found.wallets.faults;
        const state = faults === 0 ? "ok" : "drift";
        world.out.row({ state, context: engine.context.name, ...found }, (value, paint) => [
          faults === 0
            ? `${paint.green("✓")} ${value.transactions.checked} transactions and ${value.wallets.checked} wallets: nothing is wrong.`
            : `${paint.red("✗")} ${faults} faults in ${value.transactions.checked} transactions and ${value.wallets.checked} wallets.`,
        ]);
        return faults === 0 ? exitCodes.ok : exitCodes.drift;
      }),
    );
}

async function verifyPart(world: World, engine: Engine, part: Part, from: string | undefined): Promise<Counted> {
  const { out, talk, signal } = world;
  const progress = talk.progress(`Checking ${part}`, undefined);
  let after = from ?? null;
  let checked = 0;
  let faults = 0;
  do {
    const slice = await engine.call((api) => api.ledger.verify.query({ part, after }));
    checked += slice.checked;
    faults += slice.faults.length;
    if (slice.faults.length > 0) progress.end();
    for (const fault of slice.faults) {
      out.row({ fault }, (value, paint) => [
        `${paint.red(value.fault.kind)}  ${plain(value.fault.id)}: ${plain(value.fault.detail)}`,
      ]);
    }
    after = slice.next;
    if (after !== null) {
      world.resumeWith(
        `Go on with: pitboss ledger verify --from-${part === "transactions" ? "transaction" : "wallet"} ${after}`,
      );
      progress.at(checked, `${faults} faults`);
      if (signal.aborted) stop("INTERRUPTED");
    }
  } while (after !== null);
  progress.end();
  return { checked, faults };
}
