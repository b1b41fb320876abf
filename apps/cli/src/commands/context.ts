import type { Command } from "commander";
import { table } from "../kernel/printer.ts";
import type { Run } from "../program.ts";
import { addContext, listContexts, removeContext, useContext } from "../session/contexts.ts";
import { findSignIn, forgetSignIn } from "../session/tokens.ts";

export function contextCommands(program: Command, run: Run): void {
  const context = program.command("context").description("The engines that you work with, by name.");
  context
    .command("list")
    .description("List the contexts, with the one in use.")
    .action(
      run(async ({ config, out }) => {
        const rows = listContexts(config).map((one) => ({ ...one, signedIn: findSignIn(config, one) !== undefined }));
        out.show({ contexts: rows }, (value, paint) =>
          table(
            [
              { title: "", text: ({ current }) => (current ? "*" : " ") },
              {
                title: "name",
                text: ({ name }) => name,
                paint: ({ current }, p) => (current ? p.bold : (text) => text),
              },
              { title: "engine", text: ({ url }) => url },
              {
                title: "production",
                text: ({ production }) => (production ? "yes" : "no"),
                paint: ({ production }, p) => (production ? p.red : (text) => text),
              },
              { title: "signed in", text: ({ signedIn }) => (signedIn ? "yes" : "no") },
            ],
            value.contexts,
            paint,
          ),
        );
        return undefined;
      }),
    );
  context
    .command("add")
    .description("Add an engine under a name.")
    .argument("<name>", "how you will call it")
    .argument("<url>", "where the engine is, as in https://engine.example")
    .option("--production", "ask for the context's name before anything is changed there")
    .action(
      run(async ({ config, out }, name: string, url: string, options: { production?: boolean }) => {
        addContext(config, name, url, options.production === true);
        const added = listContexts(config).find((one) => one.name === name);
        out.show({ context: added }, () => [`Added ${name}. Sign in with: pitboss login --context ${name}`]);
        return undefined;
      }),
    );
  context
    .command("use")
    .description("Work with this engine from now on.")
    .argument("<name>", "a context")
    .action(
      run(async ({ config, out }, name: string) => {
        useContext(config, name);
        out.show({ current: name }, () => [`Now working with ${name}.`]);
        return undefined;
      }),
    );
  context
    .command("remove")
    .description(
      "Forget an engine, and the sign-in to it. The session itself ends with `pitboss logout`, or by itself.",
    )
    .argument("<name>", "a context")
    .action(
      run(async ({ config, out }, name: string) => {
        removeContext(config, name);
        forgetSignIn(config, name);
        out.show({ removed: name }, () => [`Removed ${name}.`]);
        return undefined;
      }),
    );
}
