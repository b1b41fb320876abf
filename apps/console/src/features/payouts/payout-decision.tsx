"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { payoutRejectionCodes, payoutRejections, type PayoutRejection } from "@pitboss/domain/cashier/payout-words";
import { useTranslations } from "use-intl";
import type { PayoutDetail } from "#features/payouts/payout-facts.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Notice } from "#ui/notice.tsx";
import { Select } from "#ui/select.tsx";

type Act = "approve" | "reject" | "snooze" | "query" | "resubmit";

const snoozeMs = 24 * 3_600_000;

/** What this person may do with a payout now, and if it is not a yes, why. */
export function PayoutDecision({ payout }: { payout: PayoutDetail }) {
  const t = useTranslations("payouts.decision");
  const checks = useTranslations("payouts.checks");
  const [act, setAct] = useState<Act>();
  const [message, setMessage] = useState<PayoutRejection>("CONTACT_US");
  const acting = useActs(() => setAct(undefined));
  const { payoutId, contentHash, state, mayApprove, mayReject } = payout;
  const mayReview = useMay("payout.review");
  const mayFollow = useMay("payout.follow");
  const open = state === "IN_REVIEW" || state === "FIRST_APPROVED";
  const sent = state === "SUBMITTED" || state === "UNKNOWN";
  const nothing = !mayApprove && !mayReject && !(open && mayReview) && !(sent && mayFollow);

  function run(what: Act, reason: string) {
    if (what === "approve") acting.approve.mutate({ payoutId, contentHash: contentHash ?? "", reason });
    if (what === "reject") acting.reject.mutate({ payoutId, reason, message });
    if (what === "query") acting.query.mutate({ payoutId, reason });
    if (what === "resubmit") acting.resubmit.mutate({ payoutId, reason });
    if (what === "snooze") {
      acting.snooze.mutate({ payoutId, reason, until: new Date(Date.now() + snoozeMs).toISOString() });
    }
  }

  function ask(what: Act) {
    acting.reset();
    setAct(what);
  }

  return (
    <div className="flex flex-col gap-3">
      {nothing && <p className="text-ink-muted">{t("nothing")}</p>}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {mayApprove && (
          <Button look="solid" onClick={() => ask("approve")}>
            {t("approve")}
          </Button>
        )}
        {mayReject && <Button onClick={() => ask("reject")}>{t("reject")}</Button>}
        {open && mayReview && (
          <Button busy={acting.recheck.isPending} onClick={() => acting.recheck.mutate({ payoutId })}>
            {t("recheck")}
          </Button>
        )}
        {open && mayReview && <Button onClick={() => ask("snooze")}>{t("snooze")}</Button>}
        {open && mayReview && payout.claimedBy === null && (
          <Button busy={acting.claim.isPending} onClick={() => acting.claim.mutate({ payoutId })}>
            {t("claim")}
          </Button>
        )}
        {sent && mayFollow && <Button onClick={() => ask("query")}>{t("query")}</Button>}
        {state === "UNKNOWN" && mayFollow && <Button onClick={() => ask("resubmit")}>{t("resubmit")}</Button>}
      </div>
      {open && payout.saidYes && <Notice>{t("saidYes")}</Notice>}
      {open && payout.stoppedBy.length > 0 && (
        <Notice tone="warn" title={t("stopped")}>
          {payout.stoppedBy.map((name) => checks(`names.${name}`)).join(", ")}
        </Notice>
      )}
      {payout.claimedBy !== null && <Notice>{t("claimedBy", { name: payout.claimedBy.name })}</Notice>}
      <ConfirmDialog
        key={act}
        open={act !== undefined}
        onOpenChange={() => setAct(undefined)}
        title={act === undefined ? "" : t(`titles.${act}`)}
        action={act === undefined ? "" : t(act)}
        danger={act === "reject"}
        busy={acting.busy}
        failure={acting.failure}
        preview={
          <>
            <KeyValues
              items={[
                { label: t("amount"), value: <Money amount={payout.amount} currency={payout.currency} /> },
                { label: t("to"), value: `${payout.nickname} · ${payout.card.brand} ${payout.card.last4}` },
                { label: t("effect"), value: act === undefined ? "" : effectOf(act) },
                ...(act === "approve" && contentHash !== null
                  ? [
                      {
                        label: t("hash"),
                        value: <span className="font-mono text-xs">{contentHash.slice(0, 16)}…</span>,
                      },
                    ]
                  : []),
              ]}
            />
            {act === "reject" && (
              <FormField label={t("message")} className="mt-3">
                <Select
                  value={message}
                  onChange={setMessage}
                  choices={payoutRejectionCodes.map((value) => ({
                    value,
                    label: t(`messages.${value}`),
                    hint: payoutRejections[value],
                  }))}
                />
              </FormField>
            )}
          </>
        }
        onConfirm={(reason) => {
          if (act !== undefined) run(act, reason);
        }}
      />
    </div>
  );

  function effectOf(what: Act): string {
    if (what !== "approve") return t(`effects.${what}`);
    return t(payout.people === 2 && state === "IN_REVIEW" ? "effects.approveFirst" : "effects.approve");
  }
}

function useActs(onDone: () => void) {
  const t = useTranslations("payouts.decision");
  const client = useQueryClient();
  const refresh = (): Promise<unknown> =>
    Promise.all(
      (["payout.show", "payout.list", "payout.queue", "approval.list", "account.me"] as const).map((path) =>
        client.invalidateQueries({ queryKey: keyOf(path) }),
      ),
    );
  const settle = {
    onSuccess: async () => {
      onDone();
      toast(t("done"), { tone: "good" });
      await refresh();
    },
    // Somebody else may have moved it: what is shown is then old.
    onError: refresh,
  };
  const acts = {
    approve: useMutation({ ...write("payout.approve"), ...settle }),
    reject: useMutation({ ...write("payout.reject"), ...settle }),
    recheck: useMutation({ ...write("payout.recheck"), ...settle }),
    snooze: useMutation({ ...write("payout.snooze"), ...settle }),
    claim: useMutation({ ...write("payout.claim"), ...settle }),
    query: useMutation({ ...write("payout.query"), ...settle }),
    resubmit: useMutation({ ...write("payout.resubmit"), ...settle }),
  };
  const all = Object.values(acts);
  const error = all.find((mutation) => mutation.error !== null)?.error;
  const failure = error == null ? undefined : failureOf(error);
  return {
    ...acts,
    busy: all.some((mutation) => mutation.isPending),
    failure: failure?.code === "STEP_UP_NEEDED" ? undefined : failure,
    reset: () => all.forEach((mutation) => mutation.reset()),
  };
}
