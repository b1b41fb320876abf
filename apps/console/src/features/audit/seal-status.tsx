"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck, OctagonAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { api, type InputOf, read } from "#lib/api.ts";
import { useFailureToast } from "#lib/use-failure-toast.ts";
import { Button } from "#ui/button.tsx";
import { Time } from "#ui/time.tsx";

interface Verified {
  readonly entries: number;
  readonly checkpoints: number;
  readonly broken: { readonly position: string; readonly what: string } | null;
}

/** How far the log is sealed, and a check of all of it, link by link, from here. */
export function SealStatus() {
  const t = useTranslations("audit.seal");
  const failed = useFailureToast();
  const status = useQuery({ ...read("audit.status"), refetchInterval: 15_000 });
  const verify = useMutation({ mutationKey: ["audit.verify"], mutationFn: verifyAll, onError: failed });
  const checkpoint = status.data?.checkpoint;
  return (
    <span className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
      {status.data !== undefined &&
        (checkpoint === null || checkpoint === undefined ? (
          <span>{t("none")}</span>
        ) : (
          <span>
            {t("sealed", { position: Number(status.data.sealedTo) })} <Time at={checkpoint.sealedAt} relative />
          </span>
        ))}
      <Button size="sm" look="link" busy={verify.isPending} onClick={() => verify.mutate()}>
        {t("verify")}
      </Button>
      <span role="status" className="inline-flex items-center gap-1.5">
        {verify.data !== undefined &&
          (verify.data.broken === null ? (
            <>
              <CircleCheck aria-hidden className="size-4 text-good" />
              {t("holds", { entries: verify.data.entries, checkpoints: verify.data.checkpoints })}
            </>
          ) : (
            <>
              <OctagonAlert aria-hidden className="size-4 text-bad" />
              <span className="font-medium text-bad">{t("broken", verify.data.broken)}</span>
            </>
          ))}
      </span>
    </span>
  );
}

/** The engine checks a slice at a time; what it has checked is carried here, so that the log can't vouch for itself. */
async function verifyAll(): Promise<Verified> {
  let from: NonNullable<InputOf<"audit.verify">>["from"] = null;
  let entries = 0;
  let checkpoints = 0;
  for (;;) {
    const slice: Awaited<ReturnType<typeof api.audit.verify.query>> = await api.audit.verify.query({ from });
    entries += slice.entries;
    checkpoints += slice.checkpoints;
    if (slice.broken !== null || slice.done) return { entries, checkpoints, broken: slice.broken };
    from = slice.end;
  }
}
