import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { totpCode, totpStepAt, totpStepMs } from "@pitboss/domain/identity/totp";
import type { Command } from "commander";
import { z } from "zod";
import { table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import { chosenContext } from "../session/contexts.ts";

const demoPeople = z.array(
  z.object({
    role: z.string(),
    email: z.string(),
    password: z.string(),
    /** Hex of the raw key. */
    totpSecret: z.string().regex(/^([0-9a-f]{2})+$/),
  }),
);

export function demoCommands(program: Command, run: Run): void {
  program
    .command("demo")
    .description("For the demo casino alone; refused in production.")
    .command("totp")
    .description("The demo's sign-ins with the code of this half minute. Each code works once.")
    .argument("[role]", "of one person alone, as in admin or finance-2")
    .option("--data-dir <folder>", "the demo's data, usually the .pitboss of the checkout")
    .action(
      run(async (world, role: string | undefined, options: { dataDir?: string }) => {
        refuseInProduction(world);
        const people = readPeople(options.dataDir ?? world.config.dataDir ?? findDataDir());
        const wanted = role === undefined ? people : people.filter((person) => person.role === role);
        if (wanted.length === 0) {
          stop("USAGE", { detail: `The demo has these: ${people.map((person) => person.role).join(", ")}.` });
        }
        const now = world.now();
        const step = totpStepAt(now);
        const signIns = wanted.map(({ totpSecret, ...person }) => ({
          ...person,
          code: totpCode(Buffer.from(totpSecret, "hex"), step),
        }));
        const secondsLeft = Math.ceil(((step + 1) * totpStepMs - now) / 1000);
        world.out.show({ signIns, secondsLeft }, (value, paint) =>
          table(
            [
              { title: "role", text: (one) => one.role },
              { title: "e-mail", text: ({ email }) => email },
              { title: "password", text: ({ password }) => password },
              { title: "code", text: ({ code }) => code, paint: (_one, p) => p.bold },
            ],
            value.signIns,
            paint,
          ),
        );
        world.talk.say(`The codes change in ${secondsLeft} s.`);
        return undefined;
      }),
    );
}

export function refuseInProduction(world: World): void {
  if (world.config.production) stop("DEMO_ONLY", { detail: "NODE_ENV is production." });
  const { name, production } = chosenContext(world);
  if (production) stop("DEMO_ONLY", { detail: `The context ${name} is for production.` });
}

function readPeople(dataDir: string | undefined): z.infer<typeof demoPeople> {
  const path = dataDir === undefined ? undefined : join(dataDir, "demo", "staff.json");
  if (path === undefined || !existsSync(path)) {
    stop("CONFIG_UNUSABLE", {
      detail: "There is no demo here.",
      hint: "npm start makes one; --data-dir says where it is.",
    });
  }
  const parsed = demoPeople.safeParse(JSON.parse(readFileSync(path, "utf8")));
  return parsed.success
    ? parsed.data
    : stop("CONFIG_UNUSABLE", { detail: `${path} has not the form that is known here.` });
}

/** The nearest `.pitboss` above the folder in which the command was given. */
export function findDataDir(): string | undefined {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const found = join(folder, ".pitboss");
    if (existsSync(join(found, "demo"))) return found;
    if (folder === dirname(folder)) return undefined;
  }
}
