import { findStaff, insertRoles } from "@pitboss/db/identity/staff-directory";
import type { RoleGrantContent } from "@pitboss/domain/identity/approval-content";
import { checkRoleSet, isPowerful } from "@pitboss/domain/identity/roles";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import type { KindHandler } from "./kind-handler.ts";

export const roleGrantHandler: KindHandler<RoleGrantContent> = {
  async describe({ db }, content, maker) {
    const id = parseId("staff", content.staffId);
    if (id === maker.staffId) return err("STAFF_SELF");
    const person = id === undefined ? undefined : await findStaff(db, id);
    if (person === undefined) return err("STAFF_NOT_FOUND");
    if (!isPowerful(content.role)) return err("REQUEST_INVALID", "This role takes no second person.");
    if (person.roles.includes(content.role)) return err("NOTHING_CHANGES");
    const allowed = checkRoleSet([...person.roles, content.role]);
    if (!allowed.ok) return allowed;
    return ok({
      content: { ...content, snapshot: { name: person.name, email: person.email, roles: [...person.roles] } },
      summary: `Give ${person.name} the role ${content.role}`,
      subject: { kind: "staff", id: content.staffId },
    });
  },
  apply: {
    where: "here",
    async run({ tx, content, approval, note }) {
      const person = await findStaff(tx, parseId("staff", content.staffId) ?? 0n);
      if (person === undefined) return err("STAFF_NOT_FOUND");
      if (person.roles.includes(content.role)) return err("NOTHING_CHANGES");
      const allowed = checkRoleSet([...person.roles, content.role]);
      if (!allowed.ok) return allowed;
      await insertRoles(tx, [
        { staffId: person.id, role: content.role, grantedBy: approval.proposedBy, approvalId: approval.id },
      ]);
      const roles = [...person.roles, content.role];
      note({
        action: "staff.grant-role",
        subject: { kind: "staff", id: content.staffId },
        reason: content.reason,
        before: { roles: [...person.roles] },
        after: { roles },
      });
      return ok({ roles });
    },
  },
};
