/** The engines that a person works with, by name. One that is for production asks for its name before it changes anything. */
import { join } from "node:path";
import { z } from "zod";
import type { CliConfig } from "../config.ts";
import { readPrivate, writePrivate } from "../kernel/private-file.ts";
import { stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";

const contextFile = z.object({
  current: z.string().nullable(),
  contexts: z.record(z.string(), z.object({ url: z.url(), production: z.boolean() })),
});

export interface NamedContext {
  readonly name: string;
  readonly url: string;
  readonly production: boolean;
  readonly current: boolean;
}

/** Without any file, the engine that `npm start` brings up on this machine. */
const untouched: z.infer<typeof contextFile> = {
  current: "local",
  contexts: { local: { url: "http://127.0.0.1:4000", production: false } },
};

const nameForm = /^[a-z0-9][a-z0-9._-]{0,39}$/;

export function listContexts(config: CliConfig): NamedContext[] {
  const { current, contexts } = read(config);
  return Object.entries(contexts)
    .map(([name, context]) => ({ name, ...context, current: name === current }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The one to work with: that of the command line, then that of PITBOSS_CONTEXT, then the one in use. */
export function chosenContext({ config, options }: Pick<World, "config" | "options">): NamedContext {
  const all = listContexts(config);
  const name = options.context ?? config.contextName;
  if (name === undefined) {
    return all.find(({ current }) => current) ?? stop("CONTEXT_NONE", { hint: "pitboss context use <name>" });
  }
  return all.find((context) => context.name === name) ?? unknownContext(name);
}

export function addContext(config: CliConfig, name: string, url: string, production: boolean): void {
  const file = read(config);
  if (!nameForm.test(name)) {
    stop("USAGE", { detail: "A context's name is small letters, digits, dot, dash and underscore, 40 at most." });
  }
  if (Object.hasOwn(file.contexts, name)) {
    stop("USAGE", { detail: `There is a context "${name}" already.`, hint: `pitboss context remove ${name}` });
  }
  const contexts = { ...file.contexts, [name]: { url: checkUrl(url), production } };
  write(config, { current: file.current ?? name, contexts });
}

export function useContext(config: CliConfig, name: string): void {
  const file = read(config);
  if (!Object.hasOwn(file.contexts, name)) unknownContext(name);
  write(config, { ...file, current: name });
}

export function removeContext(config: CliConfig, name: string): void {
  const { current, contexts } = read(config);
  if (!Object.hasOwn(contexts, name)) unknownContext(name);
  const { [name]: _removed, ...rest } = contexts;
  write(config, { current: current === name ? null : current, contexts: rest });
}

function unknownContext(name: string): never {
  stop("CONTEXT_UNKNOWN", { detail: `"${name}"`, hint: "pitboss context list" });
}

/** The session's secret goes there, so it goes encrypted unless it does not leave this machine. */
function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "") {
    stop("USAGE", { detail: `"${text}" is not the address of an engine, as in https://engine.example.` });
  }
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && !here) stop("USAGE", { detail: "An engine on another machine is reached by https." });
  return url.href.replace(/\/$/, "");
}

function read(config: CliConfig): z.infer<typeof contextFile> {
  const found = readPrivate(fileOf(config));
  if (found === undefined) return untouched;
  const parsed = contextFile.safeParse(found);
  if (parsed.success) return parsed.data;
  stop("CONFIG_UNUSABLE", { detail: `${fileOf(config)} has not the form that is known here.` });
}

function write(config: CliConfig, file: z.infer<typeof contextFile>): void {
  writePrivate(fileOf(config), file);
}

function fileOf(config: CliConfig): string {
  return join(config.configDir, "contexts.json");
}
