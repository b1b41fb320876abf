import {
  deleteRoleNetwork,
  insertRoleNetwork,
  listRoleNetworks,
  listUsableRoles,
} from "@pitboss/db/identity/role-network-store";
import { type Role, roles } from "@pitboss/domain/identity/roles";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";

/** A network in CIDR notation whose host part is zero, as PostgreSQL's `cidr` wants it. */
const network = z.union([z.cidrv4(), z.cidrv6()]);
const rule = z.object({ role: z.enum(roles), network, reason: reasonInput });

export interface RoleNetwork {
  readonly role: string;
  readonly network: string;
}

/** From where each role may be used; a role that is not listed may be used from anywhere. */
export const listNetworks = procedure("staff.read").query(
  ({ ctx }): Promise<readonly RoleNetwork[]> => listRoleNetworks(ctx.deps.db),
);

/** Allows a role from a network. The first one of a role shuts every other network out. */
export const addNetwork = staffProcedure("staff.ip-rules")
  .input(rule)
  .mutation(async ({ ctx, input }): Promise<RoleNetwork> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const added = await insertRoleNetwork(tx, input.role, input.network);
        if (!added) return err("NOTHING_CHANGES");
        // Nobody shuts themselves out by a slip: the role that lets them do this must stay usable from here.
        const usable = await listUsableRoles(tx, staff.roles, staff.ip);
        if (!staff.roles.some((role: Role) => usable.has(role))) {
          return err("ADDRESS_NOT_ALLOWED", "This would shut you out of where you are now.");
        }
        note({
          action: "role.allow-network",
          subject: { kind: "role", id: input.role },
          reason: input.reason,
          after: { network: input.network },
        });
        return ok({ role: input.role, network: input.network });
      }),
    );
  });

export const removeNetwork = staffProcedure("staff.ip-rules")
  .input(rule)
  .mutation(async ({ ctx, input }): Promise<RoleNetwork> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!(await deleteRoleNetwork(tx, input.role, input.network))) return err("RECORD_NOT_FOUND");
        note({
          action: "role.remove-network",
          subject: { kind: "role", id: input.role },
          reason: input.reason,
          before: { network: input.network },
        });
        return ok({ role: input.role, network: input.network });
      }),
    );
  });
