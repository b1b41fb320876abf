/** `docs/state-machines.md`, drawn from the tables that the decisions ask. */
import { betMachine, drawMachine, roundMachine } from "../gaming/bet-machine.ts";
import { depositMachine } from "../cashier/deposit-machine.ts";
import { caseMachine } from "../compliance/kyc/case-machine.ts";
import { hitMachine } from "../compliance/screening/hit-machine.ts";
import { approvalMachine } from "../identity/approval-machine.ts";

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
