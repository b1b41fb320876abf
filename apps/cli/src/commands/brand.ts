import type { Command } from "commander";
import { exitCodes } from "../kernel/exit-codes.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

const columns: readonly Column<Outputs["brand"]["list"][number]>[] = [
  { title: "code", text: ({ code }) => code, width: 20 },
  { title: "opened (UTC)", text: ({ openedAt }) => openedAt, width: 24 },
  { title: "name", text: ({ name }) => name },
];

export function brandCommands(program: Command, run: Run): void {
  const brand = program.command("brand").description("The names under which the house meets players.");
  brand
    .command("list")
    .description("Every brand, in the order in which they were opened.")
    .action(
      run(async (world) => {
        const brands = await connect(world).call((api) => api.brand.list.query());
        world.out.show(brands, (value, paint) => table(columns, value, paint));
        return exitCodes.ok;
      }),
    );
  brand
    .command("open")
    .description("Open a brand, for good: players registered under it stay with it, and reports tell it apart.")
    .argument("<code>", "small letters, digits and _, as in harbour_club")
    .requiredOption("--name <text>", "what players read")
    .requiredOption("-r, --reason <text>", "why: it stands in the audit log")
    .action(
      run(async (world, code: string, { name, reason }: { name: string; reason: string }) => {
        const opened = await connect(world).call((api) => api.brand.open.mutate({ code, name, reason }));
        world.out.show(opened, (value, paint) => fields([["Opened", `${value.code} (${value.name})`]], paint));
        return exitCodes.ok;
      }),
    );
}
