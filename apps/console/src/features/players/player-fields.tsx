"use client";

import { useMutation } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import type { PersonalField } from "@pitboss/domain/identity/personal-data";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { type OutputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { Tip } from "#ui/tip.tsx";

interface PlayerFieldsProps {
  readonly playerId: string;
  /** Undefined while it loads. */
  readonly player: OutputOf<"player.show"> | undefined;
}

/** How long a revealed field stays in clear on the screen. */
const shownMs = 60_000;

/** Personal data, masked. One field at a time is shown in clear, for a reason that is kept, and not for long. */
export function PlayerFields({ playerId, player }: PlayerFieldsProps) {
  const t = useTranslations("players.fields");
  const names = useTranslations("words.personalField");
  const mayReveal = useMay("player.reveal");
  const roleNames = useRoleNames();
  const [asked, setAsked] = useState<PersonalField>();
  const [clear, setClear] = useState<Readonly<Partial<Record<PersonalField, string | undefined>>>>({});
  const reveal = useMutation({
    ...write("player.reveal"),
    onSuccess: ({ field, value }) => {
      setAsked(undefined);
      setClear((before) => ({ ...before, [field]: value }));
      setTimeout(() => setClear((before) => ({ ...before, [field]: undefined })), shownMs);
    },
  });
  const failure = reveal.error === null ? undefined : failureOf(reveal.error);
  return (
    <Section title={t("title")}>
      {player === undefined ? (
        <Skeleton className="h-40 rounded-md" />
      ) : (
        <KeyValues
          items={[
            ...player.fields.map(({ field, masked }) => ({
              label: names(field),
              value: (
                <span className="flex min-h-5 items-center gap-1">
                  <span className="min-w-0 wrap-anywhere">
                    {clear[field] ?? masked ?? <span className="text-ink-faint">{t("none")}</span>}
                  </span>
                  {masked !== null && clear[field] === undefined && mayReveal && (
                    <IconButton
                      size="sm"
                      className="-my-1 size-6!"
                      label={t("reveal", { field: names(field) })}
                      onClick={() => {
                        reveal.reset();
                        setAsked(field);
                      }}
                    >
                      <Eye />
                    </IconButton>
                  )}
                </span>
              ),
            })),
            {
              label: t("emailVerified"),
              value:
                player.emailVerifiedAt === null ? t("notYet") : <Time at={player.emailVerifiedAt} precision="minute" />,
            },
            ...(player.erasedAt === null
              ? []
              : [{ label: t("erased"), value: <Time at={player.erasedAt} precision="minute" /> }]),
          ]}
        />
      )}
      {!mayReveal && (
        <Tip text={t("onlyFor", { roles: roleNames(permissionRow("player.reveal").roles) })}>
          <button type="button" className="mt-1 rounded-sm text-xs text-ink-faint">
            {t("masked")}
          </button>
        </Tip>
      )}
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={asked === undefined ? "" : t("reveal", { field: names(asked) })}
        action={t("revealAction")}
        preview={t("preview", { seconds: shownMs / 1_000 })}
        busy={reveal.isPending}
        failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
        onConfirm={(reason) => {
          if (asked !== undefined) reveal.mutate({ playerId, field: asked, reason });
        }}
      />
    </Section>
  );
}
