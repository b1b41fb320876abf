import {
  insertStaffMachineKey,
  listMachineKeys,
  type MachineKeyRecord,
  revokeMachineKey,
} from "@pitboss/db/identity/machine-key-store";
import { isMachinePermission, permissionNames } from "@pitboss/domain/identity/permissions";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { machineScopes } from "../../edge/guard.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";

const dayMs = 24 * 3_600_000;
const scopes = [...machineScopes, ...permissionNames.filter(isMachinePermission)] as [string, ...string[]];

export interface MachineKey {
  readonly keyId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly networks: readonly string[];
  readonly state: "LIVE" | "EXPIRED" | "REVOKED";
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

export const listKeysOfMachines = procedure("machine-key.read")
  .input(z.object(pageInput))
  .query(async ({ ctx, input }): Promise<Page<MachineKey> & { readonly scopes: readonly string[] }> => {
    const before = readCursor("machineKey", input.cursor);
    const rows = await listMachineKeys(ctx.deps.db, { before, limit: input.limit + 1 });
    const now = ctx.deps.clock.now();
    return {
      ...pageOf(
        rows,
        input.limit,
        (row) => present(row, now),
        ({ id }) => formatId("machineKey", id),
      ),
      scopes,
    };
  });

/** A key for another tool: scoped, expiring, usable from its networks alone. It is shown this once. */
export const issueMachineKey = staffProcedure("machine-key.manage")
  .input(
    z.object({
      name: z.string().trim().min(3).max(80),
      scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
      networks: z.array(z.union([z.cidrv4(), z.cidrv6()])).max(20),
      days: z.int().min(1).max(365),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly keyId: string; readonly key: string }> => {
    const { deps, staff, acting } = ctx;
    const key = newSecret("machine");
    const expiresAt = new Date(deps.clock.now() + input.days * dayMs);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const { name, networks } = input;
        const granted = [...new Set(input.scopes)];
        const values = { name, hash: hashSecret(key), scopes: granted, networks, expiresAt, createdBy: staff.staffId };
        const keyId = formatId("machineKey", await insertStaffMachineKey(tx, values));
        note({
          action: "machine-key.issue",
          subject: { kind: "machine-key", id: keyId },
          reason: input.reason,
          after: { name, scopes: granted, networks, expiresAt: expiresAt.toISOString() },
        });
        return ok({ keyId, key });
      }),
    );
  });

export const revokeKeyOfMachine = staffProcedure("machine-key.manage")
  .input(z.object({ keyId: idInput("machineKey"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly keyId: string }> => {
    const { deps, acting } = ctx;
    const keyId = formatId("machineKey", input.keyId);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!(await revokeMachineKey(tx, input.keyId, new Date(deps.clock.now())))) return err("RECORD_NOT_FOUND");
        note({ action: "machine-key.revoke", subject: { kind: "machine-key", id: keyId }, reason: input.reason });
        return ok({ keyId });
      }),
    );
  });

function present(record: MachineKeyRecord, nowMs: number): MachineKey {
  const expired = record.expiresAt !== null && record.expiresAt.getTime() <= nowMs;
  return {
    keyId: formatId("machineKey", record.id),
    name: record.name,
    scopes: record.scopes,
    networks: record.networks,
    state: record.revokedAt !== null ? "REVOKED" : expired ? "EXPIRED" : "LIVE",
    createdAt: record.createdAt.toISOString(),
    createdBy: record.createdBy === null ? null : formatId("staff", record.createdBy),
    expiresAt: record.expiresAt?.toISOString() ?? null,
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
  };
}
