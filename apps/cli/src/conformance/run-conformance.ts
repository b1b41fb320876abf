/** Plays the scenarios of a dialect against a wallet, and notes step by step what was sent, expected and got. */
import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import {
  field,
  type Scene,
  type Signed,
  type Speaker,
  textOf,
  type Wire,
  type WireDialect,
} from "@pitboss/wires/speak";
import { speakers } from "@pitboss/wires/speakers";
import { reach } from "../session/reach.ts";
import { commonScenarios } from "./common-scenarios.ts";
import { ownScenarios } from "./own-scenarios.ts";
import { forDialect, inCurrency, purse, type Scenario, type Step } from "./scenario.ts";
import { openStage, type Player, type Setup, type Stage } from "./stage.ts";

export interface StepReport {
  readonly step: string;
  /** The path behind the provider's own; a token that stands in the address is left out. */
  readonly request: {
    readonly method: "POST";
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly response: { readonly status: number; readonly body: unknown };
  readonly expected: string;
  readonly got: string;
  /** In the report's currency. */
  readonly balanceExpected: string;
  readonly balanceGot: string;
  readonly passed: boolean;
  /** What is wrong, where it is neither the answer nor the balance. */
  readonly note: string | null;
}

export interface ScenarioReport {
  readonly name: string;
  readonly passed: boolean;
  readonly steps: readonly StepReport[];
}

export interface ConformanceReport {
  readonly dialect: WireDialect;
  readonly target: string;
  readonly provider: string;
  readonly currency: Currency;
  readonly at: string;
  readonly scenarios: number;
  readonly failed: number;
  readonly results: readonly ScenarioReport[];
}

export interface ConformanceRun {
  readonly dialect: WireDialect;
  /** The engine's address, as in http://127.0.0.1:4000. */
  readonly target: string;
  readonly setup: Setup;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onScenario?: (done: number, of: number) => void;
}

export function scenariosOf(dialect: WireDialect): readonly Scenario[] {
  return [...commonScenarios, ...ownScenarios].filter(({ only }) => only === undefined || only.includes(dialect));
}

export async function runConformance(run: ConformanceRun): Promise<ConformanceReport> {
  const { dialect, target, setup, now } = run;
  const at = new Date(now()).toISOString();
  const scenarios = scenariosOf(dialect);
  const results: ScenarioReport[] = [];
  for (const scenario of scenarios) {
    results.push(await play(run, scenario));
    run.onScenario?.(results.length, scenarios.length);
  }
  const failed = results.filter(({ passed }) => !passed).length;
  const { provider, currency } = setup;
  return { dialect, target, provider, currency, at, scenarios: results.length, failed, results };
}

interface Playing {
  readonly run: ConformanceRun;
  readonly speaker: Speaker;
  readonly stage: Stage;
  readonly scene: Scene;
  readonly player: Player;
  readonly other: () => Promise<Player>;
}

async function play(run: ConformanceRun, { name, steps }: Scenario): Promise<ScenarioReport> {
  const { setup, target, signal, dialect } = run;
  const stage = openStage(target, setup, signal);
  const prefix = randomUUID();
  const scene: Scene = { game: setup.game, currency: setup.currency, named: (one) => `${prefix}-${one}` };
  const player = await stage.openPlayer(purse);
  const other = () => stage.openPlayer(purse);
  const playing: Playing = { run, speaker: speakers[dialect], stage, scene, player, other };
  const references: (readonly string[])[] = [];
  const reports: StepReport[] = [];
  for (const step of steps) {
    const report = await playStep(playing, step, references);
    reports.push(report);
    // What follows is told as if this had gone well; there is nothing more to learn here.
    if (!report.passed) break;
  }
  return { name, passed: reports.every(({ passed }) => passed) && reports.length === steps.length, steps: reports };
}

async function playStep(playing: Playing, step: Step, references: (readonly string[])[]): Promise<StepReport> {
  const { run, speaker, stage, scene, player } = playing;
  if (step.twist === "end-session") await stage.endSession(player);
  if (step.twist === "block-player") await stage.block(player);
  const who = await whoCalls(playing, step);
  const wire = twisted(speaker.say(inCurrency(step.action, scene.currency), who, scene), step);
  const signed = signedAs(speaker, wire, step, run.setup.secret);
  const url = `${run.target}/v1/providers/${run.setup.provider}/${signed.path}${signed.query}`;
  const headers = { "content-type": "application/json", ...signed.headers };
  const answer = await reach(url, { method: "POST", headers, body: signed.body }, run.signal);
  const heard = speaker.hear(answer.status, answer.body, scene.currency);
  const expected = speaker.words[forDialect(step.expect, run.dialect)];
  const balanceExpected = forDialect(step.balance, run.dialect);
  const balanceGot = await stage.balanceOf(player);
  references.push(heard.references);
  const earlier = step.sameAs === undefined ? undefined : references[step.sameAs];
  const told = step.as === undefined && heard.balance !== null && forDialect(step.expect, run.dialect) === "OK";
  const note =
    earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(heard.references)
      ? "The references are not those of the first answer."
      : told && heard.balance !== balanceExpected
        ? `The answer tells a balance of ${formatMinor(heard.balance, scene.currency)}.`
        : null;
  return {
    step: describe(step),
    request: { method: "POST", path: signed.path, headers, body: signed.body },
    response: { status: answer.status, body: answer.body },
    expected,
    got: heard.verdict,
    balanceExpected: formatMinor(balanceExpected, scene.currency),
    balanceGot: formatMinor(balanceGot, scene.currency),
    passed: heard.verdict === expected && balanceGot === balanceExpected && note === null,
    note,
  };
}

async function whoCalls({ player, other }: Playing, { as }: Step): Promise<Player> {
  switch (as) {
    case "other":
      return other();
    case "stranger":
      return { ...player, playerId: "p_zzzzzzzzzz" };
    case "unknown-session":
      return { ...player, session: `gt_${randomBytes(32).toString("base64url")}` };
    default:
      return player;
  }
}

/** A field that its dialect can't do without. */
const needed = /"(transaction_uuid|action_id|refId|transactionId)":/;

function twisted(wire: Wire, { twist }: Step): Wire {
  if (twist === "broken-json") return { ...wire, body: wire.body.slice(0, -1) };
  if (twist === "more-fields")
    return { ...wire, body: wire.body.replace(/^\{/, '{"new_in_version_9":{"a":[1.5,null]},') };
  if (twist === "fewer-fields") return { ...wire, body: wire.body.replace(needed, '"absent":') };
  return wire;
}

function signedAs(speaker: Speaker, wire: Wire, { twist }: Step, secret: string): Signed {
  if (twist === "unsigned") return { ...wire, query: "", headers: {} };
  if (twist === "wrong-secret") return speaker.sign(wire, otherSecret(speaker.dialect));
  const signed = speaker.sign(wire, secret);
  return twist === "changed-body" ? { ...signed, body: signed.body.replace(/\}$/, " }") } : signed;
}

function otherSecret(dialect: WireDialect): string {
  if (dialect !== "hub88") return randomBytes(32).toString("base64");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return String(privateKey.export({ type: "pkcs8", format: "pem" }));
}

function describe({ action, as, twist }: Step): string {
  const what =
    action.do === "call" ? action.path : "id" in action ? `${action.do} ${textOf(field(action, "id"))}` : action.do;
  return [what, as === undefined ? "" : `as ${as}`, twist === undefined ? "" : `with ${twist}`]
    .filter(Boolean)
    .join(" ");
}
