/** Brands: the names under which the house meets players. One is opened for good; players and reports refer to it. */
import { hasBrand, insertBrand, listBrands } from "@pitboss/db/identity/brand-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { brandCode } from "@pitboss/domain/identity/brand";
import { err, ok } from "@pitboss/domain/kernel/result";
import { plainText } from "@pitboss/domain/kernel/plain-text";
import { z } from "zod";
import { withAudit } from "../audit/with-audit.ts";
import { orThrow } from "../edge/trpc/failure.ts";
import { reasonInput } from "../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../edge/trpc/procedure.ts";

/** Whether a player can be of it; nothing said is the house's first one. */
export function isBrand(db: Executor, code: string | undefined): Promise<boolean> {
  return code === undefined ? Promise.resolve(true) : hasBrand(db, code);
}

export const showBrands = procedure("player.read").query(async ({ ctx }) => {
  const rows = await listBrands(ctx.deps.db);
  return rows.map(({ code, name, openedAt }) => ({ code, name, openedAt: openedAt.toISOString() }));
});

export const openBrand = staffProcedure("brand.open")
  .input(z.object({ code: brandCode, name: plainText(1, 80), reason: reasonInput }))
  .mutation(async ({ ctx, input: { code, name, reason } }) =>
    orThrow(
      await withAudit(ctx.deps.db, ctx.acting, async (tx, note) => {
        if (!(await insertBrand(tx, { code, name }))) return err("BRAND_EXISTS");
        note({ action: "brand.open", subject: { kind: "brand", id: code }, reason, after: { name } });
        return ok({ code, name });
      }),
    ),
  );
