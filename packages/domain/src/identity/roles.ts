/**
 * The roles of staff, and the rules on who may hold and give them. What a role may do stands in `permissions.ts`.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";

export const roles = ["support", "finance", "compliance", "risk", "operations", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

/** Roles that can move money, decide over players or make staff: a second person confirms before anyone gets one. */
const powerful: ReadonlySet<Role> = new Set(["finance", "compliance", "risk", "operations", "admin"]);

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

export function isPowerful(role: Role): boolean {
  return powerful.has(role);
}

/**
 * Whether one person may hold these roles together. An auditor holds no other role, so that nobody audits their own
 * work; an admin does not also decide over money, so that whoever makes staff can't make their own second person.
 */
export function checkRoleSet(held: readonly Role[]): Result<readonly Role[], Failure<"ROLES_CONFLICT">> {
  const set = new Set(held);
  if (set.has("auditor") && set.size > 1) {
    return err("ROLES_CONFLICT", "An auditor holds no other role.", { roles: [...set] });
  }
  if (set.has("admin") && (set.has("finance") || set.has("compliance"))) {
    return err("ROLES_CONFLICT", "An admin does not also hold finance or compliance.", { roles: [...set] });
  }
  return ok([...set]);
}
