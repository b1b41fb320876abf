import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { createTestWorld, stopOf } from "../kernel/world.fixture.ts";
import { addContext, chosenContext, listContexts, removeContext, useContext } from "./contexts.ts";
import { findSignIn, forgetSignIn, keepSignIn } from "./tokens.ts";

let configDir: string;
const config = () => createTestWorld({ configDir }).config;
const later = (work: () => unknown): Promise<unknown> => Promise.resolve().then(work);

beforeEach(() => {
  configDir = join(mkdtempSync(join(tmpdir(), "pitboss-cli-")), "config");
});
afterEach(() => rmSync(join(configDir, ".."), { recursive: true }));

test("before anything is set up, the engine of this machine is in use", () => {
  expect(listContexts(config())).toEqual([
    { name: "local", url: "http://127.0.0.1:4000", production: false, current: true },
  ]);
});

test("the command line goes before PITBOSS_CONTEXT, and that before the one in use", () => {
  addContext(config(), "staging", "https://staging.example", false);
  addContext(config(), "prod-eu", "https://engine.example/", true);
  useContext(config(), "staging");
  const world = createTestWorld({ configDir });
  expect(chosenContext(world).name).toBe("staging");
  const fromEnv = { ...world, config: { ...world.config, contextName: "local" } };
  expect(chosenContext(fromEnv).name).toBe("local");
  const named = chosenContext({ ...fromEnv, options: { ...world.options, context: "prod-eu" } });
  expect(named).toEqual({ name: "prod-eu", url: "https://engine.example", production: true, current: false });
});

test("a removed context is in use no more, and none takes its place by itself", async () => {
  addContext(config(), "staging", "https://staging.example", false);
  useContext(config(), "staging");
  removeContext(config(), "staging");
  expect(await stopOf(later(() => chosenContext(createTestWorld({ configDir }))))).toEqual({
    code: "CONTEXT_NONE",
    exit: 2,
  });
});

test.each([["http://engine.example"], ["ftp://engine.example"], ["engine.example"], ["https://a:b@engine.example"]])(
  "%s is no address for an engine on another machine",
  async (url) => {
    expect(await stopOf(later(() => addContext(config(), "prod", url, true)))).toEqual({ code: "USAGE", exit: 2 });
  },
);

test.each([["constructor"], ["__proto__"], ["nowhere"]])("there is no context %s", async (name) => {
  expect(await stopOf(later(() => useContext(config(), name)))).toEqual({ code: "CONTEXT_UNKNOWN", exit: 2 });
});

const kept = { url: "https://engine.example", session: "secret", sessionId: "ss_1", token: null, tokenExpiresAt: null };

test("tokens lie in a file, and a folder, that nobody else may read", () => {
  keepSignIn(config(), "prod", kept);
  expect(statSync(join(configDir, "tokens.json")).mode & 0o777).toBe(0o600);
  expect(statSync(configDir).mode & 0o777).toBe(0o700);
});

test("a file of tokens that others may read is refused", async () => {
  keepSignIn(config(), "prod", kept);
  chmodSync(join(configDir, "tokens.json"), 0o644);
  const stopped = await stopOf(later(() => findSignIn(config(), { name: "prod", url: kept.url })));
  expect(stopped).toEqual({ code: "CONFIG_UNUSABLE", exit: 1 });
});

test("a session's secret is shown to no other address, whatever the context's name comes to mean", () => {
  keepSignIn(config(), "prod", kept);
  expect(findSignIn(config(), { name: "prod", url: kept.url })?.session).toBe("secret");
  expect(findSignIn(config(), { name: "prod", url: "https://elsewhere.example" })).toBeUndefined();
});

test("signing out removes the secret from the file", () => {
  keepSignIn(config(), "prod", kept);
  forgetSignIn(config(), "prod");
  expect(readFileSync(join(configDir, "tokens.json"), "utf8")).not.toContain("secret");
});

test("the configuration lies where XDG says, unless PITBOSS_CONFIG_DIR does", () => {
  expect(readConfig({}, "/home/ada").configDir).toBe("/home/ada/.config/pitboss");
  expect(readConfig({ XDG_CONFIG_HOME: "/x" }, "/home/ada").configDir).toBe("/x/pitboss");
  expect(readConfig({ XDG_CONFIG_HOME: "relative" }, "/home/ada").configDir).toBe("/home/ada/.config/pitboss");
  expect(readConfig({ PITBOSS_CONFIG_DIR: "/y", XDG_CONFIG_HOME: "/x" }, "/home/ada").configDir).toBe("/y");
});
