import { type Command, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import type { Column } from "../kernel/printer.ts";
import type { Run } from "../program.ts";
import type { Inputs, Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Trouble = Outputs["round"]["troubles"]["rows"][number];
type Box = NonNullable<Inputs["round"]["troubles"]["box"]>;

const boxes = { waiting: "WAITING", "late-wins": "LATE_WINS", tombstones: "TOMBSTONES" } as const satisfies Record<
  string,
  Box
>;

const columns: readonly Column<Trouble>[] = [
  { title: "since (UTC)", text: ({ since }) => since, width: 24 },
  { title: "age", text: ({ ageSeconds }) => describeAge(ageSeconds), width: 7, align: "right" },
  { title: "what", text: ({ trouble }) => trouble, width: 9 },
  { title: "why", text: ({ cause }) => cause, width: 23 },
  { title: "do", text: ({ action, approvalId }) => approvalId ?? action, width: 15 },
  { title: "player", text: ({ playerId }) => playerId, width: 10 },
  { title: "provider", text: ({ provider }) => provider, width: 10 },
  { title: "amount", text: ({ amount }) => amount?.amount ?? null, width: 12, align: "right" },
  { title: "", text: ({ amount }) => amount?.currency ?? null, width: 4 },
  { title: "id", text: ({ troubleId }) => troubleId, width: 18 },
  { title: "round or request", text: ({ roundId, requestId }) => roundId ?? requestId },
];

export function inboxCommand(round: Command, run: Run): void {
  addPageOptions(
    round
      .command("inbox")
      .description(
        "Rounds that somebody should look at, with what is the matter and what to do: those that wait for a result for too long (oldest first), results that came after their round was closed, and rollbacks that came before their bets.",
      )
      .addOption(
        new Option("--box <box>", "which of the three")
          .choices(Object.keys(boxes))
          .default("waiting" satisfies keyof typeof boxes),
      ),
  ).action(
    run(async (world, options: PageOptions & { readonly box: keyof typeof boxes }) => {
      const engine = connect(world);
      const box = boxes[options.box];
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.round.troubles.query({ box, ...page })),
      );
    }),
  );
}

/** The two largest units say enough: `3d 4h`, `2h 5m`, `40s`. */
function describeAge(seconds: number): string {
  const units = [
    ["d", Math.floor(seconds / 86_400)],
    ["h", Math.floor(seconds / 3_600) % 24],
    ["m", Math.floor(seconds / 60) % 60],
    ["s", seconds % 60],
  ] as const;
  const first = units.findIndex(([, count]) => count > 0);
  if (first === -1) return "0s";
  return units
    .slice(first, first + 2)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count}${unit}`)
    .join(" ");
}
