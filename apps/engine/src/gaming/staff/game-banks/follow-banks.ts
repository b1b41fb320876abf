/**
 * What a person does about game banks: has the provider asked at once what became of a transfer, and has a bank closed.
 * Nobody tells the house by hand what became of money; that the provider alone says.
 */
import { findBankTransfer, setTransferWork } from "@pitboss/db/gaming/bank-transfer-store";
import { findGameBank, moveGameBank } from "@pitboss/db/gaming/game-bank-store";
import { isTransferOver } from "@pitboss/domain/gaming/game-bank/bank-machines";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";

export const askTransfer = staffProcedure("provider.transfer")
  .input(z.object({ transferId: idInput("bankTransfer"), reason: reasonInput }))
  .mutation(async ({ ctx, input: { transferId, reason } }) => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const transfer = await findBankTransfer(tx, transferId);
        if (transfer === undefined) return err("BANK_TRANSFER_NOT_FOUND");
        if (isTransferOver(transfer.state)) return err("NOTHING_CHANGES", `It is ${transfer.state} already.`);
        await setTransferWork(tx, transferId, new Date(deps.clock.now()));
        const id = formatId("bankTransfer", transferId);
        note({
          action: "game-bank.ask",
          subject: { kind: "bankTransfer", id },
          reason,
          after: { state: transfer.state },
        });
        return ok({ transferId: id, state: transfer.state });
      }),
    );
  });

export const closeBank = staffProcedure("provider.transfer")
  .input(z.object({ gameBankId: idInput("gameBank"), reason: reasonInput }))
  .mutation(async ({ ctx, input: { gameBankId, reason } }) => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const bank = await findGameBank(tx, gameBankId);
        if (bank === undefined) return err("GAME_BANK_NOT_FOUND");
        if (bank.state !== "OPEN" || !(await moveGameBank(tx, bank, "close", { closeReason: "STAFF" }))) {
          return err("GAME_BANK_CLOSED", `It is ${bank.state}.`);
        }
        const id = formatId("gameBank", gameBankId);
        const after = { state: "CLOSING", balance: formatMinor(bank.balance, bank.currency), currency: bank.currency };
        note({ action: "game-bank.close", subject: { kind: "gameBank", id }, reason, after });
        return ok({ gameBankId: id, state: "CLOSING" as const });
      }),
    );
  });

const callerOf = createCaller(router({ askTransfer, closeBank }));

export const planGameBanks = {
  bankTransferAsk: planned({
    action: "game-bank.ask",
    permission: "provider.transfer",
    params: z.object({}),
    look: ({ deps }, targets) => Promise.all(targets.map((id) => lookAtTransfer(deps, id))),
    apply: async ({ trpc }, id, _params, reason) => ({
      ...(await callerOf(trpc).askTransfer({ transferId: id, reason })),
    }),
  }),
  gameBankClose: planned({
    action: "game-bank.close",
    permission: "provider.transfer",
    params: z.object({}),
    look: ({ deps }, targets) => Promise.all(targets.map((id) => lookAtBank(deps, id))),
    apply: async ({ trpc }, id, _params, reason) => ({
      ...(await callerOf(trpc).closeBank({ gameBankId: id, reason })),
    }),
  }),
};

async function lookAtTransfer({ db }: StaffDeps, id: string): Promise<Look> {
  const number = parseId("bankTransfer", id);
  const transfer = number === undefined ? undefined : await findBankTransfer(db, number);
  if (transfer === undefined) return { id, failure: { code: "BANK_TRANSFER_NOT_FOUND" } };
  const { state, amount, currency, provider, direction } = transfer;
  if (isTransferOver(state)) return { id, failure: { code: "NOTHING_CHANGES", detail: `It is ${state} already.` } };
  const money = amount === null ? "everything" : `${formatMinor(amount, currency)} ${currency}`;
  const what = `Ask ${provider} now what became of ${money} ${direction === "IN" ? "to" : "from"} its game bank`;
  return { id, what, before: { state }, after: { asked: "now" } };
}

async function lookAtBank({ db }: StaffDeps, id: string): Promise<Look> {
  const number = parseId("gameBank", id);
  const bank = number === undefined ? undefined : await findGameBank(db, number);
  if (bank === undefined) return { id, failure: { code: "GAME_BANK_NOT_FOUND" } };
  const { state, balance, currency, provider } = bank;
  if (state !== "OPEN") return { id, failure: { code: "GAME_BANK_CLOSED", detail: `It is ${state}.` } };
  const what = `Close it and take everything back from ${provider}; ${formatMinor(balance, currency)} ${currency} by the last transfer`;
  return { id, what, before: { state }, after: { state: "CLOSING" } };
}
