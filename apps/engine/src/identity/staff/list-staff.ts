import { listStaff as listRecords } from "@pitboss/db/identity/staff-directory";
import { roles } from "@pitboss/domain/identity/roles";
import { z } from "zod";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { presentStaff, type StaffMember } from "./present-staff.ts";

export const listStaff = procedure("staff.read")
  .input(
    z.object({
      ...pageInput,
      status: z.enum(["INVITED", "ACTIVE", "SUSPENDED"]).nullish(),
      role: z.enum(roles).nullish(),
      text: z.string().trim().min(1).max(120).nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<StaffMember>> => {
    const rows = await listRecords(ctx.deps.db, {
      status: input.status ?? undefined,
      role: input.role ?? undefined,
      text: input.text ?? undefined,
      after: readCursor("staff", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(
      rows.map(presentStaff),
      input.limit,
      (row) => row,
      (row) => row.staffId,
    );
  });
