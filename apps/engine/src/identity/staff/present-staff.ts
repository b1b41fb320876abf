import type { StaffRecord } from "@pitboss/db/identity/staff-directory";
import type { Role } from "@pitboss/domain/identity/roles";
import { formatId } from "@pitboss/domain/kernel/public-id";

export interface StaffMember {
  readonly staffId: string;
  readonly name: string;
  readonly email: string;
  readonly status: "INVITED" | "ACTIVE" | "SUSPENDED";
  readonly roles: readonly Role[];
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly factors: { readonly totp: boolean; readonly passkeys: number; readonly recoveryCodes: number };
}

export function presentStaff(record: StaffRecord): StaffMember {
  return {
    staffId: formatId("staff", record.id),
    name: record.name,
    email: record.email,
    status: record.status,
    roles: record.roles,
    createdAt: record.createdAt.toISOString(),
    lastSeenAt: record.lastSeenAt?.toISOString() ?? null,
    factors: record.factors,
  };
}
