/** What the house holds a provider to: shown as a file, planned and applied from one. */
import { readFile } from "node:fs/promises";
import { providerPolicySchema, type ProviderPolicy } from "@pitboss/domain/gaming/provider-policy";
import type { Command } from "commander";
import { runPlanned } from "../kernel/planned.ts";
import { stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import { connect } from "../session/engine.ts";

interface PolicyOptions extends WriteOptions {
  readonly file: string;
}

export function policyCommands(provider: Command, run: Run): void {
  const policy = provider.command("policy").description("What the house holds a provider to.");
  policy
    .command("show")
    .description("The policy that counts, as the file that `policy apply` takes.")
    .argument("<provider>", "its code")
    .action(
      run(async (world, code: string) => {
        const engine = connect(world);
        const { policy: current } = await engine.call((api) => api.provider.show.query({ provider: code }));
        world.out.show(current, (value) => JSON.stringify(value, undefined, 2).split("\n"));
        return undefined;
      }),
    );
  policy
    .command("plan")
    .description("What a file would change, field by field, and nothing is changed.")
    .argument("<provider>", "its code")
    .requiredOption("--file <path>", "JSON; - reads it from stdin")
    .action(
      run((world, code: string, { file }: { file: string }) => apply(world, code, { file, dryRun: true, max: 1 })),
    );
  addWriteOptions(
    policy
      .command("apply")
      .description(
        "A new version of the policy from a file. What money depends on (rollbacks, currencies, stakes, game bank) is proposed to a second person; the rest holds at once.",
      )
      .argument("<provider>", "its code")
      .requiredOption("--file <path>", "JSON; - reads it from stdin"),
  ).action(run((world, code: string, options: PolicyOptions) => apply(world, code, options)));
}

async function apply(world: World, code: string, { file, ...options }: PolicyOptions) {
  const policy = await readPolicy(world, file);
  const engine = connect(world);
  const [targets, params] = [[code], { policy }];
  return runPlanned(
    world,
    engine,
    options,
    () => engine.call((api) => api.plan.providerPolicy.show.query({ targets, params })),
    async (sent) => {
      const applied = await engine.call((api) => api.plan.providerPolicy.carryOut.mutate({ ...sent, params }));
      for (const item of applied.items) {
        const approvalId = item.done ? item.result["approvalId"] : null;
        if (typeof approvalId === "string") {
          world.talk.say(`Proposed as ${approvalId}: it holds once a second person has approved it.`);
        }
      }
      return applied;
    },
  );
}

async function readPolicy(world: World, path: string): Promise<ProviderPolicy> {
  let json: unknown;
  try {
    json = JSON.parse(path === "-" ? await world.readInput() : await readFile(path, "utf8"));
  } catch (error) {
    return stop("USAGE", {
      detail: `${path} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
  const parsed = providerPolicySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path: at, message }) => `${at.join(".") || "it"}: ${message}`);
  return stop("USAGE", { detail: `${path} is no policy: ${wrong.slice(0, 5).join("; ")}` });
}
