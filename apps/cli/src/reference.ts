/** The reference of all commands, written from the commands themselves. */
import type { Argument, Command, Option } from "commander";
import { exitMeanings } from "./kernel/exit-codes.ts";
import { buildWholeProgram } from "./program.ts";

/** Everything behind this line of docs/cli.md is generated. */
export const referenceMark = "<!-- From here on written by `npm run docs -w apps/cli`. -->";

export async function renderReference(): Promise<string> {
  const program = await buildWholeProgram();
  const leaves = program.commands.flatMap((command) => leavesOf(command));
  return [
    referenceMark,
    "",
    "## Exit codes",
    "",
    "| code | meaning |",
    "| --- | --- |",
    ...exitMeanings.map(([code, meaning]) => `| ${code} | ${meaning} |`),
    "",
    "## Options of every command",
    "",
    ...optionTable(program.options),
    "",
    "## Commands",
    ...leaves.flatMap((command) => ["", ...describe(command)]),
    "",
  ].join("\n");
}

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap((child) => leavesOf(child));
}

function describe(command: Command): string[] {
  const { options, registeredArguments } = command;
  return [
    `### ${pathOf(command)}`,
    "",
    command.description(),
    "",
    "```",
    [pathOf(command), ...registeredArguments.map(spell), ...(options.length === 0 ? [] : ["[options]"])].join(" "),
    "```",
    ...(registeredArguments.length === 0 ? [] : ["", "| argument | meaning |", "| --- | --- |"]),
    ...registeredArguments.map((one) => `| \`${one.name()}\` | ${cell(one.description)}${choices(one.argChoices)} |`),
    ...(options.length === 0 ? [] : ["", ...optionTable(options)]),
  ];
}

function optionTable(options: readonly Option[]): string[] {
  return [
    "| option | meaning |",
    "| --- | --- |",
    ...options.map((option) => {
      const value: unknown = option.defaultValue;
      const usual = typeof value === "string" || typeof value === "number" ? ` Usually ${value}.` : "";
      return `| \`${option.flags}\` | ${cell(option.description)}${choices(option.argChoices)}${usual} |`;
    }),
  ];
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function spell(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function choices(values: readonly string[] | undefined): string {
  return values === undefined ? "" : `: ${values.map((value) => `\`${value}\``).join(", ")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
