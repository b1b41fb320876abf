import type { Command } from "commander";
import { fields } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import type { Run } from "../program.ts";
import { chosenContext } from "../session/contexts.ts";
import { connect, stepUp } from "../session/engine.ts";
import { signIn, signOut } from "../session/sign-in.ts";

export function loginCommand(program: Command, run: Run): void {
  program
    .command("login")
    .description("Sign in: prints a code and an address, and waits until you let this terminal in from the console.")
    .action(
      run(async (world) => {
        const context = chosenContext(world);
        await signIn(world, context);
        const me = await connect(world).call((api) => api.account.me.query());
        const { staffId, name, roles, session } = me;
        world.out.show({ context: context.name, staffId, name, roles, endsAt: session.endsAt }, (value, paint) => [
          `${paint.green("✓")} Signed in to ${value.context} as ${value.name} (${value.roles.join(", ")}), until ${value.endsAt}.`,
        ]);
        return undefined;
      }),
    );
}

export function logoutCommand(program: Command, run: Run): void {
  program
    .command("logout")
    .description("End your session on the engine, and forget it here.")
    .action(
      run(async (world) => {
        const context = chosenContext(world);
        const wasSignedIn = await signOut(world, context);
        world.out.show({ context: context.name, wasSignedIn }, () => [
          wasSignedIn ? `Signed out of ${context.name}.` : `You were not signed in to ${context.name}.`,
        ]);
        return undefined;
      }),
    );
}

export function whoamiCommand(program: Command, run: Run): void {
  program
    .command("whoami")
    .description("Who is signed in, as what and until when, and what they may do.")
    .action(
      run(async (world) => {
        const engine = connect(world);
        const me = await engine.call((api) => api.account.me.query());
        world.out.show({ context: engine.context.name, url: engine.context.url, ...me }, (value, paint) =>
          fields(
            [
              ["Context", `${value.context} (${value.url})`],
              ["Name", `${value.name} <${value.email}>`],
              ["Staff id", value.staffId],
              ["Roles", value.roles.join(", ")],
              ["Session", `${value.session.sessionId}, until ${value.session.endsAt}`],
              [
                "Second factor",
                value.session.freshUntil === null ? "not fresh" : `fresh until ${value.session.freshUntil}`,
              ],
              ["Waiting approvals", value.waitingApprovals],
              [
                "May",
                value.permissions
                  .map(({ permission, stepUp: needs }) => (needs ? `${permission}*` : permission))
                  .join(" "),
              ],
              ["", "* takes a fresh second factor"],
            ],
            paint,
          ),
        );
        return undefined;
      }),
    );
}

export function stepUpCommand(program: Command, run: Run): void {
  program
    .command("step-up")
    .description(
      "Give your second factor again; what is dangerous then goes for five minutes. Asks for the code, or reads it from stdin.",
    )
    .action(
      run(async (world) => {
        const engine = connect(world);
        const freshUntil = world.asker.possible
          ? await stepUp(world, (call) => engine.call(call))
          : await engine.call(async (api) => {
              const code = (await world.readInput()).trim();
              if (code === "") stop("USAGE", { detail: "No code came on stdin." });
              return (await api.account.stepUp.mutate({ method: "TOTP", code })).freshUntil;
            });
        world.out.show({ freshUntil }, () => [`Fresh until ${freshUntil}.`]);
        return undefined;
      }),
    );
}
