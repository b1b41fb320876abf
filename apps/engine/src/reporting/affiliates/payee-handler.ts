/** Where an affiliate is paid: changed by two people alone, and only from what both of them saw. */
import { findAffiliate, setPayee } from "@pitboss/db/reporting/affiliate-store";
import type { AffiliatePayeeContent } from "@pitboss/domain/identity/approval-content";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

export type PayeeInput = Pick<AffiliatePayeeContent, "psp" | "token" | "label" | "reason"> & {
  readonly affiliateId: bigint;
};

export const payeeHandler: KindHandler<AffiliatePayeeContent, PayeeInput> = {
  async describe({ db, rails }, { affiliateId, ...asked }) {
    const affiliate = await findAffiliate(db, affiliateId);
    if (affiliate === undefined) return err("AFFILIATE_NOT_FOUND");
    if (!rails.has(asked.psp)) {
      const known = [...rails.keys()].join(", ");
      return err(
        "REQUEST_INVALID",
        `psp: no payout rail of the house is called so; there are: ${known === "" ? "none" : known}.`,
      );
    }
    const content: AffiliatePayeeContent = {
      affiliateId: formatId("affiliate", affiliateId),
      affiliate: affiliate.name,
      ...asked,
      basedOn: affiliate.payeeVersion,
    };
    return ok({
      content,
      summary: `Pay ${affiliate.name} to ${asked.label} by ${asked.psp}`,
      subject: { kind: "affiliate", id: content.affiliateId },
    });
  },
  apply: {
    where: "here",
    async run({ tx, content: { affiliateId, psp, token, label, basedOn } }) {
      const id = parseId("affiliate", affiliateId);
      if (id === undefined) return err("ID_INVALID");
      const version = await setPayee(tx, id, { psp, token, label }, basedOn);
      if (version === undefined) return err("APPROVAL_CHANGED", "The payee was changed since this was proposed.");
      return ok({ affiliateId, payeeVersion: version });
    },
  },
};
