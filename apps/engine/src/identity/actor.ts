/** Who a call of the staff API comes from, and whether they may do what it does. */
import { isMachinePermission, mayAny, type Permission, permissionRow } from "@pitboss/domain/identity/permissions";
import type { Role } from "@pitboss/domain/identity/roles";
import { isSecondFactorFresh } from "@pitboss/domain/identity/step-up";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Acting } from "../audit/acting.ts";

export interface StaffActor {
  readonly kind: "staff";
  readonly staffId: bigint;
  readonly name: string;
  readonly email: string;
  /** The roles that may be used from where they are. */
  readonly roles: readonly Role[];
  readonly sessionId: bigint;
  readonly channel: "console" | "cli";
  readonly secondFactorAtMs: number;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export interface MachineActor {
  readonly kind: "machine";
  readonly keyId: bigint;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export type Actor = StaffActor | MachineActor;

export function checkPermission(
  actor: Actor,
  permission: Permission,
  nowMs: number,
): Result<true, Failure<"NOT_ALLOWED" | "STEP_UP_NEEDED">> {
  if (actor.kind === "machine") {
    if (isMachinePermission(permission) && actor.scopes.includes(permission)) return ok(true);
    return err("NOT_ALLOWED", `The key does not have "${permission}".`, { permission });
  }
  if (!mayAny(actor.roles, permission)) {
    return err("NOT_ALLOWED", `It takes one of the roles ${permissionRow(permission).roles.join(", ")}.`, {
      permission,
      roles: [...permissionRow(permission).roles],
    });
  }
  if (permissionRow(permission).stepUp && !isSecondFactorFresh(actor.secondFactorAtMs, nowMs)) {
    return err("STEP_UP_NEEDED", undefined, { permission });
  }
  return ok(true);
}

/** Whether somebody may see what takes this permission, where it is a part of something larger. */
export function mayActor(actor: Actor, permission: Permission): boolean {
  if (actor.kind === "staff") return mayAny(actor.roles, permission);
  return isMachinePermission(permission) && actor.scopes.includes(permission);
}

export function actingOf(actor: Actor, traceId: string): Acting {
  const from = { ip: actor.ip, userAgent: actor.userAgent, traceId };
  if (actor.kind === "machine") {
    const actorId = formatId("machineKey", actor.keyId);
    return { actorKind: "machine", actorId, actingAs: actor.scopes, channel: "api", sessionId: null, ...from };
  }
  return {
    actorKind: "staff",
    actorId: formatId("staff", actor.staffId),
    actingAs: actor.roles,
    channel: actor.channel,
    sessionId: formatId("staffSession", actor.sessionId),
    ...from,
  };
}
