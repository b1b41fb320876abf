/** `docs/state-machines.md`, drawn from the tables that the decisions ask. */
import { circuitMachine } from "../gaming/provider-circuit.ts";
import { betMachine, drawMachine, roundMachine } from "../gaming/bet-machine.ts";
import { bankSessionMachine, bankTransferMachine } from "../gaming/game-bank/bank-machines.ts";
import { batchMachine } from "../cashier/bank/batch-machine.ts";
import { creditMachine } from "../cashier/bank/credit-machine.ts";
import { freeSpinsMachine } from "../gaming/free-spins/free-spins-machine.ts";
import { chargebackMachine } from "../cashier/chargeback.ts";
import { depositMachine } from "../cashier/deposit-machine.ts";
import { exclusionMachine } from "../compliance/exclusion.ts";
import { limitMachine } from "../compliance/player-limit.ts";
import { payoutMachine } from "../cashier/payout-machine.ts";
import { caseMachine } from "../compliance/kyc/case-machine.ts";
import { amlCaseMachine, sarMachine } from "../compliance/aml/case-machine.ts";
import { hitMachine } from "../compliance/screening/hit-machine.ts";
import { alertMachine } from "../risk/monitoring/alert-machine.ts";
import { approvalMachine } from "../identity/approval-machine.ts";
import { statementMachine } from "../reporting/affiliates/statement.ts";
import { breakMachine } from "./breaks/break-machine.ts";

interface DrawnMachine {
  readonly title: string;
  readonly text: string;
  readonly machine: Parameters<typeof drawMachine>[0];
  readonly initial: string;
}

const machines: readonly DrawnMachine[] = [
  {
    title: "Bet",
    text: `A bet is held when it is taken. It is settled whole (\`settle\`) or in parts (\`settlePart\`, as often as something is
still held), each time as won, lost or pushed. A void or a rollback gives back what is still held; what was settled stays.
A settled bet is mended by corrections, each of which moves the difference to what was paid before.

A rollback that comes before its bet finds no bet to change. It leaves a *tombstone* on the request id that would have
placed the bet, and the bet is refused when it comes.`,
    machine: betMachine,
    initial: "HELD",
  },
  {
    title: "Round",
    text: `A round is one player's part in a game's round. It takes bets while it is open. A settlement closes it, unless it
says otherwise; what is settled after that is a late credit. A round that nobody settles turns stale with age, and its bets
are voided.`,
    machine: roundMachine,
    initial: "OPEN",
  },
  {
    title: "A game provider's circuit",
    text: `Too many faulty or slow calls of a provider, or a sudden silence, open its circuit (\`trip\`): the lobby marks its
games and nobody starts them, while bets of those that are being played are taken. After a while it is on probation, and
closes when its calls were good for long enough. A policy that says not to watch it closes it.`,
    machine: circuitMachine,
    initial: "CLOSED",
  },
  {
    title: "Game bank",
    text: `The wallet that a provider keeps for a player, opened when a game is launched from it. Closing takes back
everything that is left, and ends only when the provider has said what that was.`,
    machine: bankSessionMachine,
    initial: "OPENING",
  },
  {
    title: "Transfer to or from a game bank",
    text: `One that takes cash in is written down together with the ledger's \`TRANSFER_OUT\`, before the provider hears of it;
a refusal gives the cash back. One that brings money out posts \`TRANSFER_IN\` when the provider has confirmed it. What the
provider did not answer is \`UNKNOWN\`: it is asked about, never guessed, and sent again under the same id only where the
provider does not know of it.`,
    machine: bankTransferMachine,
    initial: "REQUESTED",
  },
  {
    title: "Free spins issued with a provider",
    text: `Written down as sent before the provider hears of them. What it did not answer is \`UNKNOWN\`: it is asked about, and
sent again under the same id only where the provider does not know of it. A cancellation (\`recall\`) holds when the provider
has confirmed it. What the provider says of their end, and of what was won, holds from wherever it comes, and is paid once.`,
    machine: freeSpinsMachine,
    initial: "REQUESTED",
  },
  {
    title: "Proposal (four eyes)",
    text: `What needs a second person is proposed, approved by others, and applied exactly as it was approved. \`approve\` leaves
it waiting for more approvals, \`approveLast\` is the one that was still missing.`,
    machine: approvalMachine,
    initial: "PROPOSED",
  },
  {
    title: "Deposit",
    text: `A deposit is written down before its provider is asked. What the provider says then, by webhook or when it is asked,
moves it on, in whatever order it comes. One for which no money came in time expires, once the provider has confirmed that
it will not come; money that comes all the same is the player's, and is credited late.`,
    machine: depositMachine,
    initial: "INITIATED",
  },
  {
    title: "A player's limit",
    text: `A limit that is stricter than the one before holds at once: it begins as CONFIRMED. A looser one cools off for as long
as the jurisdiction asks, is then ready, and holds only when the player says once more that they want it; otherwise it lapses.
Whoever asks anew for the same limit replaces what waits.`,
    machine: limitMachine,
    initial: "PENDING",
  },
  {
    title: "Exclusion",
    text: `A time-out and the panic button run out by themselves (\`runOut\`). A self-exclusion does not: when its term has ended, or
at any time where it has no term, the player asks for play again, a person answers, and after a time of cooling off it is
lifted. An exclusion of a national register ends there alone.`,
    machine: exclusionMachine,
    initial: "ACTIVE",
  },
  {
    title: "Payout",
    text: `A payout holds its amount from the moment that it is requested. It is checked, and leaves by the rules alone or after
one person or two have said yes. \`submit\` is written before the provider is asked; what the provider does not answer is
\`UNKNOWN\`, and is asked about before it is sent again. A change of what it was judged on (\`recheck\`, \`recall\`) takes it
back to review, and voids what was approved. Where a provider pays a part alone (\`payPart\`), the rest is the player's
again in the same posting. Rejected, returned or cancelled, its amount is the player's again.`,
    machine: payoutMachine,
    initial: "REQUESTED",
  },
  {
    title: "Incoming transfer",
    text: `What the bank says came to the house's account. With a player's reference, from an account in their name and with
nothing against it, it becomes a deposit by itself. Everything else waits for people, two of whom credit it or send it
back. What a payment service pays out to the house is set aside for the reconciliation, and a payout that comes back is
matched with it.`,
    machine: creditMachine,
    initial: "RECEIVED",
  },
  {
    title: "Payout file",
    text: `Payouts by bank transfer leave in files. A file is built of what was approved, written down before it is sent, and
sent again only where the bank says that it has none: byte for byte, under the same id. Once the bank has taken it each
payment goes its own way.`,
    machine: batchMachine,
    initial: "GATHERING",
  },
  {
    title: "Chargeback",
    text: `A chargeback opens when the payer's bank takes a deposit back: the money goes at once, from the player's cash as far
as it reaches and from the house beyond. Staff submits evidence before the provider's day, or accepts. The provider says who
won; what is won comes back to where it was taken from.`,
    machine: chargebackMachine,
    initial: "OPENED",
  },
  {
    title: "KYC case",
    text: `A case begins with the player's first document, and waits for a person once the player has given all that the level
takes. \`askAgain\` sends it back to the player with a reason. What was approved may be revoked, or asked for anew when it is
out of date.`,
    machine: caseMachine,
    initial: "INIT",
  },
  {
    title: "Screening hit",
    text: `A hit is open until a person dismisses it for a time, or two people confirm it. What was dismissed is opened again
when that time is over, when the entry or the player's data change, or when the score rises; it is gone when the list means
the player no more. What was confirmed stays so until two people lift it.`,
    machine: hitMachine,
    initial: "OPEN",
  },
  {
    title: "Affiliate statement",
    text: `A month of an affiliate is made as a statement when all of its days are tied; one with nothing due is NIL. When days of the
month are restated another version is made, which takes the place of one that was not approved. An approved one stays, and
the version after it is due the difference.`,
    machine: statementMachine,
    initial: "OPEN",
  },
  {
    title: "Break",
    text: `A break is found by a run of a reconciliation, and assigned to a person. How it is ended is proposed, and takes a second
person: something is posted (\`resolve\`), or the difference is written off. A run that no longer finds it clears it; one that
finds it with other amounts takes a proposal back (\`change\`), or opens again what was closed.`,
    machine: breakMachine,
    initial: "OPEN",
  },
  {
    title: "Alert",
    text: `An alert says that a rule has found something. A person takes it and either confirms or dismisses it; both can be
opened again. Alerts against money laundering go into the player's case at once, and are closed with it.`,
    machine: alertMachine,
    initial: "OPEN",
  },
  {
    title: "AML case",
    text: `A case gathers a player's alerts against money laundering. Whoever takes it owns it, may escalate it to the reporting
officer, and clears it with a reason; filing a report of suspicious activity is what brings it to \`REPORTED\`. Both ends can be
opened again. A new alert of a player without an open case opens another one.`,
    machine: amlCaseMachine,
    initial: "OPEN",
  },
  {
    title: "Report of suspicious activity",
    text: `A report is drafted in a case and may be edited until it is filed, for which a second person says yes to the hash of
the very document. What was filed can't be changed; the authority's receipt is noted when it comes.`,
    machine: sarMachine,
    initial: "DRAFT",
  },
];

const opening = `# State machines

What may follow what. This page is drawn from the tables in the code that the decisions ask (\`npm run docs:states\`), so
it shows what the system does.
`;

export function renderStateMachines(): string {
  const sections = machines.map(
    ({ title, text, machine, initial }) =>
      `## ${title}\n\n${text}\n\n\`\`\`mermaid\n${drawMachine(machine, initial)}\`\`\`\n`,
  );
  return [opening, ...sections].join("\n");
}
