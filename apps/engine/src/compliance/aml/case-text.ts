/** What people write in a case, sealed: it names people, and is read by nobody but those who work on it. */
import type { DataVault } from "../../identity/keys/data-vault.ts";

export function sealStepText(vault: DataVault, caseId: bigint, number: number, text: string): Promise<Buffer> {
  return vault.seal("aml-records", `aml_steps:text:${caseId}:${number}`, Buffer.from(text));
}

export async function openStepText(vault: DataVault, caseId: bigint, number: number, sealed: Buffer): Promise<string> {
  return (await vault.open("aml-records", `aml_steps:text:${caseId}:${number}`, sealed)).toString();
}

export function sealSarText(
  vault: DataVault,
  sarId: bigint,
  part: "narrative" | "document",
  text: string,
): Promise<Buffer> {
  return vault.seal("aml-records", `sars:${part}:${sarId}`, Buffer.from(text));
}

export async function openSarText(
  vault: DataVault,
  sarId: bigint,
  part: "narrative" | "document",
  sealed: Buffer,
): Promise<string> {
  return (await vault.open("aml-records", `sars:${part}:${sarId}`, sealed)).toString();
}
