/** Links of affiliates: a click is counted, and the visitor goes on to where the link leads with the click's id. */
import { insertClick } from "@pitboss/db/reporting/affiliate-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { trackingCode } from "@pitboss/domain/reporting/affiliates/attribution";
import { z } from "zod";
import type { TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";

export function registerAffiliateLinks(server: TypedServer, db: Executor): void {
  server.get(
    "/v1/affiliates/links/:code",
    {
      config: { problems: ["AFFILIATE_CODE_UNKNOWN"] },
      schema: {
        tags: ["Affiliates"],
        summary: "Follow an affiliate's link",
        description:
          "Counts a click and leads on to the page behind the code, with `aff` (the code) and `click` (the click's id) in its address. The site keeps the click and sends it with the registration; nothing is stored in the visitor's browser, and neither address nor device of the visitor is kept.",
        operationId: "followAffiliateLink",
        params: z.strictObject({ code: trackingCode }),
        querystring: z.object({
          sub: z
            .string()
            .max(80)
            .optional()
            .meta({ description: "The affiliate's own word for where the link stood." }),
        }),
        response: { 302: z.null().meta({ description: "Goes on to the page behind the link." }) },
      },
    },
    async (request, reply) => {
      const { code } = request.params;
      const click = await insertClick(db, code, request.query.sub ?? null);
      if (click === undefined) return sendProblem(reply, { code: "AFFILIATE_CODE_UNKNOWN" }, request.traceId);
      const target = new URL(click.landing);
      target.searchParams.set("aff", code);
      target.searchParams.set("click", formatId("affiliateClick", click.id));
      return reply.header("cache-control", "no-store").redirect(target.href, 302);
    },
  );
}
