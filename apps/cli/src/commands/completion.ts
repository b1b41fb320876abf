import { Argument, type Command } from "commander";
import { completionScript, listPaths, shells, type Shell } from "../kernel/completion-script.ts";
import type { Run } from "../program.ts";

export function completionCommand(program: Command, run: Run, whole: () => Promise<Command>): void {
  program
    .command("completion")
    .description("Print a script that completes commands and options.")
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .addHelpText(
      "after",
      `
  bash  source <(pitboss completion bash)                    in ~/.bashrc
  zsh   source <(pitboss completion zsh)                     in ~/.zshrc, after compinit
  fish  pitboss completion fish > ~/.config/fish/completions/pitboss.fish`,
    )
    .action(
      run(async ({ out }, shell: Shell) => {
        const script = completionScript(shell, listPaths(await whole()));
        out.show({ shell, script }, () => [script]);
        return undefined;
      }),
    );
}
