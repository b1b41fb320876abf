import type { Command } from "commander";
import { exitCodes } from "../kernel/exit-codes.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import { connect, type Engine } from "../session/engine.ts";

type Part = "transactions" | "wallets" | "holds";

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
      "Check the ledger from its rows: every transaction sums to zero in each currency, every balance is the sum of its postings, what is held is what open bets hold, and all of it is as it was sealed. Ends with 6 where something is wrong.",
    )
    .option("--from-transaction <id>", "go on after this transaction")
    .option("--from-wallet <id>", "leave the transactions out, and go on after this wallet")
    .option("--from-hold <id>", "leave the balances out as well, and go on with what this wallet's successors hold")
    .option("--from-seal <number>", "check the seals alone, and go on after this one")
    .addHelpText(
      "after",
      "\nFaults are printed as they are found, with --json as one line each; the last line is the summary.",
    )
    .action(
      run(async (world, options: VerifyOptions) => {
        const engine = connect(world);
        const begin = firstPart(options);
        const found: Record<Part | "seals", Counted> = {
          transactions: { checked: 0, faults: 0 },
          wallets: { checked: 0, faults: 0 },
          holds: { checked: 0, faults: 0 },
          seals: { checked: 0, faults: 0 },
        };
        for (const [place, { part, option }] of parts.entries()) {
          if (place < begin) continue;
          found[part] = await verifyPart(world, engine, part, place === begin ? options[option] : undefined);
        }
        found.seals = await verifySeals(world, engine, options.fromSeal);
        const faults = Object.values(found).reduce((sum, one) => sum + one.faults, 0);
        const state = faults === 0 ? "ok" : "drift";
        world.out.row({ state, context: engine.context.name, ...found }, (value, paint) => {
          const { transactions, wallets, holds, seals } = value;
          const what = `${transactions.checked} transactions, ${wallets.checked} wallets, what ${holds.checked} of them hold, and ${seals.checked} seals`;
          return [
            faults === 0
              ? `${paint.green("✓")} ${what}: nothing is wrong.`
              : `${paint.red("✗")} ${faults} faults in ${what}.`,
          ];
        });
        return faults === 0 ? exitCodes.ok : exitCodes.drift;
      }),
    );
}

interface VerifyOptions {
  readonly fromTransaction?: string;
  readonly fromWallet?: string;
  readonly fromHold?: string;
  readonly fromSeal?: string;
}

/** In this order; whoever goes on from one leaves those before it out. */
const parts = [
  { part: "transactions", option: "fromTransaction", flag: "--from-transaction" },
  { part: "wallets", option: "fromWallet", flag: "--from-wallet" },
  { part: "holds", option: "fromHold", flag: "--from-hold" },
] as const;

function firstPart({ fromWallet, fromHold, fromSeal }: VerifyOptions): number {
  if (fromSeal !== undefined) return parts.length;
  return fromHold !== undefined ? 2 : fromWallet !== undefined ? 1 : 0;
}

async function verifySeals(world: World, engine: Engine, from: string | undefined): Promise<Counted> {
  const { out, talk, signal } = world;
  const progress = talk.progress("Checking seals", undefined);
  let after = from ?? null;
  let checked = 0;
  for (;;) {
    const page = await engine.call((api) => api.ledger.verifySeals.query({ after }));
    checked += page.seals;
    if (page.broken !== null) {
      progress.end();
      const { number, step } = page.broken;
      const fault = { kind: "seal", id: number, detail: `the ledger is no longer what it seals (${step})` };
      out.row({ fault }, (value, paint) => [`${paint.red("seal")}  ${value.fault.id}: ${plain(value.fault.detail)}`]);
      return { checked, faults: 1 };
    }
    if (page.done) break;
    after = page.upTo;
    world.resumeWith(`Go on with: pitboss ledger verify --from-seal ${after}`);
    progress.at(checked);
    if (signal.aborted) stop("INTERRUPTED");
  }
  progress.end();
  return { checked, faults: 0 };
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
      const flag = parts.find((one) => one.part === part)?.flag ?? "";
      world.resumeWith(`Go on with: pitboss ledger verify ${flag} ${after}`);
      progress.at(checked, `${faults} faults`);
      if (signal.aborted) stop("INTERRUPTED");
    }
  } while (after !== null);
  progress.end();
  return { checked, faults };
}
