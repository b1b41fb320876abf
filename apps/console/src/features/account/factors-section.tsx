"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Fingerprint, LifeBuoy, Plus, Smartphone } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { AddPasskeyDialog } from "#features/account/add-passkey-dialog.tsx";
import { AddTotpDialog } from "#features/account/add-totp-dialog.tsx";
import { RecoveryCodesDialog } from "#features/account/recovery-codes-dialog.tsx";
import { keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useFailureToast } from "#lib/use-failure-toast.ts";
import { Button } from "#ui/button.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

type Factors = OutputOf<"account.factors">;

export function FactorsSection() {
  const t = useTranslations("account.factors");
  const [dialog, setDialog] = useState<"totp" | "passkey">();
  const factors = useQuery(read("account.factors"));
  return (
    <Section
      title={t("title")}
      aside={
        <span className="flex gap-2">
          {factors.data?.totp === null && (
            <Button size="sm" onClick={() => setDialog("totp")}>
              <Plus />
              {t("addTotp")}
            </Button>
          )}
          <Button size="sm" onClick={() => setDialog("passkey")}>
            <Plus />
            {t("addPasskey")}
          </Button>
        </span>
      }
    >
      {factors.data !== undefined ? (
        <FactorList factors={factors.data} />
      ) : factors.error !== null ? (
        <FailureState failure={failureOf(factors.error)} onRetry={() => void factors.refetch()} />
      ) : (
        <Skeleton className="h-28 rounded-md" />
      )}
      <AddTotpDialog open={dialog === "totp"} onClose={() => setDialog(undefined)} />
      <AddPasskeyDialog open={dialog === "passkey"} onClose={() => setDialog(undefined)} />
    </Section>
  );
}

function FactorList({ factors }: { factors: Factors }) {
  const t = useTranslations("account.factors");
  const client = useQueryClient();
  const failed = useFailureToast();
  const [codes, setCodes] = useState<readonly string[]>();
  const done = () => client.invalidateQueries({ queryKey: keyOf("account.factors") });
  const removeTotp = useMutation({ ...write("account.removeTotp"), onSuccess: done, onError: failed });
  const removePasskey = useMutation({ ...write("account.removePasskey"), onSuccess: done, onError: failed });
  const renew = useMutation({
    ...write("account.newRecoveryCodes"),
    onSuccess: ({ recoveryCodes }) => {
      setCodes(recoveryCodes);
      return done();
    },
    onError: failed,
  });
  return (
    <ul className="flex flex-col divide-y divide-line">
      {factors.totp !== null && (
        <Factor
          icon={<Smartphone />}
          name={t("totp")}
          facts={
            <>
              {t("since")} <Time at={factors.totp.since} precision="day" />
            </>
          }
          action={
            <Button size="sm" look="quiet" busy={removeTotp.isPending} onClick={() => removeTotp.mutate(undefined)}>
              {t("remove")}
            </Button>
          }
        />
      )}
      {factors.passkeys.map((passkey) => (
        <Factor
          key={passkey.passkeyId}
          icon={<Fingerprint />}
          name={passkey.name}
          facts={
            <>
              {t(passkey.backedUp ? "synced" : "onDevice")}, {t("since")}{" "}
              <Time at={passkey.createdAt} precision="day" />
              {passkey.lastUsedAt !== null && (
                <>
                  , {t("lastUsed")} <Time at={passkey.lastUsedAt} relative />
                </>
              )}
            </>
          }
          action={
            <Button
              size="sm"
              look="quiet"
              busy={removePasskey.isPending && removePasskey.variables.passkeyId === passkey.passkeyId}
              onClick={() => removePasskey.mutate({ passkeyId: passkey.passkeyId })}
            >
              {t("remove")}
            </Button>
          }
        />
      ))}
      <Factor
        icon={<LifeBuoy />}
        name={t("codes")}
        facts={t("codesLeft", { count: factors.recoveryCodesLeft })}
        action={
          <Button size="sm" look="quiet" busy={renew.isPending} onClick={() => renew.mutate(undefined)}>
            {t("renew")}
          </Button>
        }
      />
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes(undefined)} />
    </ul>
  );
}

interface FactorProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly facts: ReactNode;
  readonly action: ReactNode;
}

function Factor({ icon, name, facts, action }: FactorProps) {
  return (
    <li className="flex min-h-12 items-center gap-3 py-1.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-muted">
      {icon}
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{name}</div>
        <div className="text-xs text-ink-muted">{facts}</div>
      </div>
      {action}
    </li>
  );
}
