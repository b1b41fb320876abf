/** The one place that reads the environment. */
import { homedir } from "node:os";
import { join } from "node:path";

export interface CliConfig {
  /** Holds `contexts.json` and `tokens.json`. */
  readonly configDir: string;
  /** The context that `PITBOSS_CONTEXT` names; an option on the command line goes before it. */
  readonly contextName: string | undefined;
  /** Where the demo's data lie, if not in the nearest `.pitboss`. */
  readonly dataDir: string | undefined;
  readonly noColor: boolean;
  /** True where NODE_ENV says so: what is for demos is refused then. */
  readonly production: boolean;
}

export function readConfig(env: NodeJS.ProcessEnv = process.env, home: string = homedir()): CliConfig {
  return {
    configDir: env["PITBOSS_CONFIG_DIR"] ?? join(xdgConfigHome(env, home), "pitboss"),
    contextName: nonEmpty(env["PITBOSS_CONTEXT"]),
    dataDir: nonEmpty(env["PITBOSS_DATA_DIR"]),
    // https://no-color.org: present and not empty, whatever its value.
    noColor: nonEmpty(env["NO_COLOR"]) !== undefined || env["TERM"] === "dumb",
    production: env["NODE_ENV"] === "production",
  };
}

/** XDG Base Directory Specification: a relative path is to be taken as not set. */
function xdgConfigHome(env: NodeJS.ProcessEnv, home: string): string {
  const set = env["XDG_CONFIG_HOME"];
  return set?.startsWith("/") === true ? set : join(home, ".config");
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : text;
}
