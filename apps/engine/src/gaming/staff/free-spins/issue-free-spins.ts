/** Free spins that staff give to players, and take back while they are not played out. */
import { findFreeSpins, moveFreeSpins } from "@pitboss/db/gaming/free-spin-store";
import { mayRecall } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { checkFreeSpins, type FreeSpinsWish, requestFreeSpins } from "../../free-spins/request-free-spins.ts";

const wishFields = {
  provider: z.string().min(1).max(80),
  currency: z.string().refine((code): code is Currency => isCurrency(code), "is no currency of the house"),
  games: z.array(z.string().min(1).max(80)).min(1).max(20),
  spins: z.int().min(1).max(1_000),
  betLevel: z.int().min(1).max(1_000).nullable(),
  validUntil: z.iso.datetime(),
  campaign: z.string().trim().min(1).max(80),
};
const wishParams = z.object(wishFields);
type WishParams = z.infer<typeof wishParams>;

export const issueFreeSpins = staffProcedure("free-spins.issue")
  .input(z.object({ ...wishFields, playerId: idInput("player"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly freeSpinsId: string }> => {
    const { deps, staff, acting } = ctx;
    const { playerId, reason, ...params } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const wish = wishOf(playerId, params);
        const made = await requestFreeSpins(tx, wish, { nowMs: deps.clock.now(), actor: staff.name, reason });
        if (!made.ok) return made;
        const freeSpinsId = formatId("freeSpins", made.value);
        const after = { ...params, playerId: formatId("player", playerId) };
        note({ action: "free-spins.issue", subject: { kind: "freeSpins", id: freeSpinsId }, reason, after });
        return ok({ freeSpinsId });
      }),
    );
  });

export const cancelFreeSpins = staffProcedure("free-spins.issue")
  .input(z.object({ freeSpinsId: idInput("freeSpins"), reason: reasonInput }))
  .mutation(async ({ ctx, input: { freeSpinsId, reason } }) => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const issue = await findFreeSpins(tx, freeSpinsId);
        if (issue === undefined) return err("FREE_SPINS_NOT_FOUND");
        const move = { event: "recall", actor: staff.name, details: { reason } } as const;
        if (!mayRecall(issue.state) || !(await moveFreeSpins(tx, issue, move))) {
          return err("FREE_SPINS_NOT_OPEN", `They are ${issue.state}.`);
        }
        const id = formatId("freeSpins", freeSpinsId);
        const [before, after] = [{ state: issue.state }, { state: "RECALLING" }];
        note({ action: "free-spins.cancel", subject: { kind: "freeSpins", id }, reason, before, after });
        return ok({ freeSpinsId: id, state: "RECALLING" as const });
      }),
    );
  });

const callerOf = createCaller(router({ issueFreeSpins, cancelFreeSpins }));

export const planFreeSpins = {
  freeSpinsIssue: planned({
    action: "free-spins.issue",
    permission: "free-spins.issue",
    params: wishParams,
    look: ({ deps }, targets, params) => Promise.all(targets.map((id) => lookAtPlayer(deps, id, params))),
    apply: async ({ trpc }, playerId, params, reason) => ({
      ...(await callerOf(trpc).issueFreeSpins({ ...params, playerId, reason })),
    }),
  }),
  freeSpinsCancel: planned({
    action: "free-spins.cancel",
    permission: "free-spins.issue",
    params: z.object({}),
    look: ({ deps }, targets) => Promise.all(targets.map((id) => lookAtIssue(deps, id))),
    apply: async ({ trpc }, id, _params, reason) => ({
      ...(await callerOf(trpc).cancelFreeSpins({ freeSpinsId: id, reason })),
    }),
  }),
};

async function lookAtPlayer({ db, clock }: StaffDeps, id: string, params: WishParams): Promise<Look> {
  const playerId = parseId("player", id);
  if (playerId === undefined) return { id, failure: { code: "PLAYER_NOT_FOUND" } };
  const checked = await checkFreeSpins(db, wishOf(playerId, params), clock.now());
  if (!checked.ok) return { id, failure: checked.error };
  const { provider, currency, games, spins, betLevel, validUntil, campaign } = params;
  const until = `${validUntil.slice(0, 16).replace("T", " ")} UTC`;
  const level = betLevel === null ? "" : ` at bet level ${betLevel}`;
  const what = `${spins} free spins${level} in ${games.join(", ")} of ${provider}, ${currency}, until ${until}`;
  return { id, what, before: {}, after: { campaign, spins, games, validUntil } };
}

async function lookAtIssue({ db }: StaffDeps, id: string): Promise<Look> {
  const number = parseId("freeSpins", id);
  const issue = number === undefined ? undefined : await findFreeSpins(db, number);
  if (issue === undefined) return { id, failure: { code: "FREE_SPINS_NOT_FOUND" } };
  const { state, spins, games, provider, nickname } = issue;
  if (!mayRecall(state)) return { id, failure: { code: "FREE_SPINS_NOT_OPEN", detail: `They are ${state}.` } };
  const what = `Ask ${provider} to cancel ${nickname}'s ${spins} free spins in ${games.join(", ")}`;
  return { id, what, before: { state }, after: { state: "RECALLING" } };
}

function wishOf(playerId: bigint, { validUntil, ...params }: WishParams): FreeSpinsWish {
  return { ...params, playerId, validUntil: new Date(validUntil) };
}
