/** Completion scripts, written from the tree of commands: which words may follow which. */
import type { Command } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

export interface Path {
  /** The words that lead there, without the program's name. */
  readonly words: readonly string[];
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly { readonly flag: string; readonly summary: string; readonly takesValue: boolean }[];
  /** Values that its first argument takes, where they are a fixed list. */
  readonly choices: readonly string[];
}

export function listPaths(program: Command): Path[] {
  const globals = optionsOf(program);
  const walk = (command: Command, words: readonly string[]): Path[] => [
    {
      words,
      commands: command.commands.map((child) => ({ name: child.name(), summary: child.description() })),
      options: words.length === 0 ? globals : [...optionsOf(command), ...globals],
      choices: command.registeredArguments[0]?.argChoices ?? [],
    },
    ...command.commands.flatMap((child) => walk(child, [...words, child.name()])),
  ];
  return walk(program, []);
}

export function completionScript(shell: Shell, paths: readonly Path[]): string {
  switch (shell) {
    case "bash":
      return bashScript(paths);
    case "zsh":
      // zsh runs bash's way of completing, which saves a second writing of the same words.
      return `autoload -U +X bashcompinit && bashcompinit\n${bashScript(paths)}`;
    case "fish":
      return fishScript(paths);
  }
}

function bashScript(paths: readonly Path[]): string {
  const valued = new Set(
    paths.flatMap(({ options }) => options.filter(({ takesValue }) => takesValue).map(({ flag }) => flag)),
  );
  const cases = paths.map(({ words, commands, options, choices }) => {
    const next = [...commands.map(({ name }) => name), ...choices, ...options.map(({ flag }) => flag)];
    return `    "${words.join(" ")}") next="${next.join(" ")}" ;;`;
  });
  const inner = paths.filter(({ words }) => words.length > 0).map(({ words }) => `"${words.join(" ")}"`);
  return `_pitboss() {
  local word path="" next="" skip=0 i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if ((skip)); then skip=0; continue; fi
    case "$word" in
      ${[...valued].join("|")}) skip=1 ;;
      -*) ;;
      *)
        case "\${path:+$path }$word" in
          ${inner.join("|")}) path="\${path:+$path }$word" ;;
        esac ;;
    esac
  done
  ((skip)) && return 0
  case "$path" in
${cases.join("\n")}
  esac
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$next" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _pitboss pitboss`;
}

function fishScript(paths: readonly Path[]): string {
  const lines = ["complete -c pitboss -f"];
  for (const { words, commands, options, choices } of paths) {
    const deeper = commands.map(({ name }) => name).join(" ");
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
    const at = words.length === 0 ? "__fish_use_subcommand" : seen.join("; and ");
    const here = deeper === "" || words.length === 0 ? at : `${at}; and not __fish_seen_subcommand_from ${deeper}`;
    for (const { name, summary } of commands)
      lines.push(`complete -c pitboss -n ${quote(here)} -a ${name} -d ${quote(summary)}`);
    for (const choice of choices) lines.push(`complete -c pitboss -n ${quote(at)} -a ${choice}`);
    if (commands.length > 0 && words.length > 0) continue;
    const when = words.length === 0 ? "" : ` -n ${quote(at)}`;
    for (const { flag, summary, takesValue } of options) {
      if (words.length > 0 && paths[0]?.options.some((one) => one.flag === flag) === true) continue;
      lines.push(`complete -c pitboss${when} -l ${flag.slice(2)}${takesValue ? " -r" : ""} -d ${quote(summary)}`);
    }
  }
  return lines.join("\n");
}

function optionsOf(command: Command): Path["options"] {
  return command.options.flatMap(({ long, description, required, hidden }) =>
    long === undefined || hidden ? [] : [{ flag: long, summary: description, takesValue: required }],
  );
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
