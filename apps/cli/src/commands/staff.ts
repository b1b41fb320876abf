import { roles } from "@pitboss/domain/identity/roles";
import { Argument, type Command, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { paintStatus } from "../kernel/paint.ts";
import type { Column } from "../kernel/printer.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import { connect } from "../session/engine.ts";

interface StaffRow {
  readonly staffId: string;
  readonly name: string;
  readonly email: string;
  readonly status: string;
  readonly roles: readonly string[];
  readonly lastSeenAt: string | null;
}

const columns: readonly Column<StaffRow>[] = [
  { title: "id", text: ({ staffId }) => staffId, width: 8 },
  { title: "name", text: ({ name }) => name, width: 24 },
  { title: "e-mail", text: ({ email }) => email, width: 28 },
  { title: "status", text: ({ status }) => status, width: 9, paint: ({ status }, paint) => paintStatus(paint, status) },
  { title: "roles", text: (row) => row.roles.join(", "), width: 20 },
  { title: "last seen (UTC)", text: ({ lastSeenAt }) => lastSeenAt, width: 24 },
];

export function staffCommands(program: Command, run: Run): void {
  const staff = program.command("staff").description("Who works here and what they may do.");
  addPageOptions(
    staff
      .command("list")
      .description("List members of staff.")
      .addOption(new Option("--status <status>", "only those who are").choices(["INVITED", "ACTIVE", "SUSPENDED"]))
      .addOption(new Option("--role <role>", "only those who hold it").choices(roles))
      .option("--text <part>", "only those with this in their name or address"),
  ).action(
    run(
      async (
        world,
        options: PageOptions & {
          status?: "INVITED" | "ACTIVE" | "SUSPENDED";
          role?: (typeof roles)[number];
          text?: string;
        },
      ) => {
        const engine = connect(world);
        return runList(world, options, columns, (page) =>
          engine.call((api) =>
            api.staff.list.query({ ...page, status: options.status, role: options.role, text: options.text }),
          ),
        );
      },
    ),
  );
  addWriteOptions(
    staff
      .command("invite")
      .description("Invite somebody by mail. A powerful role is granted once they are there, under four eyes.")
      .argument("<email>", "where the invitation goes")
      .requiredOption("--name <name>", "what they are called")
      .addOption(new Option("--role <roles...>", "roles to begin with").choices(roles)),
  ).action(
    run(async (world, email: string, options: WriteOptions & { name: string; role?: (typeof roles)[number][] }) => {
      const engine = connect(world);
      const params = { name: options.name, roles: options.role ?? [] };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.staffInvite.show.query({ targets: [email], params })),
        (apply) => engine.call((api) => api.plan.staffInvite.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    staff
      .command("grant")
      .description("Give a role. A powerful one is proposed, and held once a second person has approved it.")
      .addArgument(new Argument("<role>", "which").choices(roles))
      .argument("<staffId...>", "to whom"),
  ).action(
    run(async (world, role: (typeof roles)[number], given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = { role };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.staffGrant.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.staffGrant.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    staff
      .command("suspend")
      .description("Let somebody in no more; their sessions end at once.")
      .argument("<staffId...>", "whom"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.staffSuspend.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.staffSuspend.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}
