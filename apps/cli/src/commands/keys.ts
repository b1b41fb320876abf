import { Argument, type Command } from "commander";
import { runPlanned } from "../kernel/planned.ts";
import { table } from "../kernel/printer.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import { connect } from "../session/engine.ts";

const rotated = ["STAFF", "PLAYER", "AUDIT", "SEAL", "MASTER"] as const;

export function keysCommands(program: Command, run: Run): void {
  const keys = program
    .command("keys")
    .description("The keys that sign and wrap; their secrets never leave the engine.");
  keys
    .command("list")
    .description("List signing and master keys.")
    .action(
      run(async (world) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.key.list.query()), (value, paint) => [
          ...table(
            [
              { title: "key", text: ({ kid }) => kid },
              { title: "signs for", text: ({ purpose }) => purpose },
              { title: "state", text: ({ state }) => state },
              { title: "signs from (UTC)", text: ({ signsFrom }) => signsFrom },
              { title: "verifies until (UTC)", text: ({ verifiesUntil }) => verifiesUntil },
            ],
            value.signing,
            paint,
          ),
          "",
          ...table(
            [
              { title: "master key", text: ({ keyId }) => keyId },
              { title: "current", text: ({ current }) => (current ? "yes" : "no") },
            ],
            value.master,
            paint,
          ),
          `${value.waitingForRewrap} keys wait to be wrapped by the current master key.`,
        ]);
        return undefined;
      }),
    );
  addWriteOptions(
    keys
      .command("rotate")
      .description("Make the next key. Nothing that was signed or wrapped by the old one is lost.")
      .addArgument(new Argument("<key...>", "which").choices(rotated)),
  ).action(
    run(async (world, targets: string[], options: WriteOptions) => {
      const engine = connect(world);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.keyRotate.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.keyRotate.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}
