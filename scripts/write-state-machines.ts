/** Writes docs/state-machines.md from the tables of the state machines. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { renderStateMachines } from "@pitboss/domain/ops/state-machine-reference";

writeFileSync(fileURLToPath(new URL("../docs/state-machines.md", import.meta.url)), renderStateMachines());
