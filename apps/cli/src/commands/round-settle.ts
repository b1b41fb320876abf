import type { Command } from "commander";
import { readTargets } from "../kernel/planned.ts";
import { stop } from "../kernel/stop.ts";
import { addWriteOptions, runWrite, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Inputs, Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type AskedOutcome = Inputs["round"]["planSettlement"]["outcomes"][number];
type Proposed = Outputs["round"]["proposeSettlement"];

const outcomeForm = /^(?<betId>bet_[0-9a-z]+)[=,](?<outcome>WIN|LOSE|PUSH)(?:[:,](?<payout>[0-9]+(?:\.[0-9]+)?))?,?$/i;

export function settleCommand(round: Command, run: Run): void {
  addWriteOptions(
    round
      .command("settle")
      .description(
        "Propose to settle held bets by hand, where their provider tells no result: as won with what that pays (gross, the stake in it), as lost, or with the stake given back. They are settled once others have approved it, and a round of which nothing is held then is closed.",
      )
      .argument(
        "<outcome...>",
        "as in bet_8cd=WIN:12.50 bet_8ce=LOSE bet_8cf=PUSH; - reads them from stdin, so or as bet_8cd,WIN,12.50",
      ),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const outcomes = (await readTargets(world, given)).map(readOutcome);
      if (outcomes.length === 0) stop("USAGE", { detail: "There is no bet to settle." });
      let proposed: Proposed | undefined;
      const exit = await runWrite(world, options, {
        context: engine.context,
        together: true,
        show: () => engine.call((api) => api.round.planSettlement.query({ outcomes })),
        apply: async ({ hash: plan }, items, reason) => {
          proposed = await engine.call((api) => api.round.proposeSettlement.mutate({ outcomes, plan, reason }));
          const { approvalId, status } = proposed;
          return items.map(({ id }) => ({ id, done: true, result: { approvalId, status } }));
        },
      });
      if (proposed !== undefined) {
        const { approvalId, required, expiresAt } = proposed;
        world.talk.say(
          `${approvalId} waits for ${required} other ${required === 1 ? "person" : "people"} until ${expiresAt}: pitboss approval approve ${approvalId}`,
        );
      }
      return exit;
    }),
  );
}

function readOutcome(text: string): AskedOutcome {
  const groups = outcomeForm.exec(text)?.groups;
  const { betId, outcome, payout } = groups ?? {};
  if (betId === undefined || outcome === undefined) {
    stop("USAGE", { detail: `"${text}" is not an outcome, as in bet_8cd=WIN:12.50 or bet_8ce=LOSE.` });
  }
  const word = outcome.toUpperCase() as AskedOutcome["outcome"];
  return payout === undefined ? { betId, outcome: word } : { betId, outcome: word, payout };
}
