"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { useRoleNames } from "#features/identity/role-names.ts";
import { type InputOf, keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Switch } from "#ui/switch.tsx";
import { Segmented } from "#ui/segmented.tsx";

type Input = InputOf<"export.create">;

type Format = NonNullable<Input["format"]>;

const csvAlone: readonly Format[] = ["csv"];

interface ExportButtonProps {
  readonly list: Input["list"];
  /** The filters that the list is seen with, as the list's own query takes them. */
  readonly filters: Readonly<Record<string, unknown>>;
  /** What it can be had as, the usual one first. CSV alone, unless this says otherwise. */
  readonly formats?: readonly Format[];
}

/** Asks for the list as a file, with exactly the filters that it is seen with; a job makes it. */
export function ExportButton({ list, filters, formats = csvAlone }: ExportButtonProps) {
  const t = useTranslations("exports");
  const may = useMay("export.create");
  const roleNames = useRoleNames();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<Format>(formats[0] ?? "csv");
  const [preamble, setPreamble] = useState(false);
  const { cursor: _cursor, limit: _limit, ...rest } = filters;
  const set = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined && (value !== null || list === "figures")),
  ) as Input["filters"];
  const create = useMutation({
    ...write("export.create"),
    onSuccess: async () => {
      setOpen(false);
      toast(t("queued"), { tone: "good", description: t("queuedHint") });
      await client.invalidateQueries({ queryKey: keyOf("export.list") });
    },
  });
  const label = may ? t("action") : t("onlyFor", { roles: roleNames(permissionRow("export.create").roles) });
  return (
    <>
      <IconButton size="sm" label={label} disabled={!may} focusableWhenDisabled onClick={() => setOpen(true)}>
        <Download />
      </IconButton>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("title")}
        action={t("action")}
        busy={create.isPending}
        failure={create.error === null ? undefined : failureOf(create.error)}
        preview={
          <KeyValues
            items={[
              { label: t("list"), value: t(`lists.${list}`) },
              {
                label: t("filters"),
                value:
                  Object.keys(set).length === 0
                    ? t("noFilters")
                    : Object.entries(set)
                        .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
                        .join(", "),
              },
              {
                label: t("format"),
                value:
                  formats.length === 1 ? (
                    t(`formats.${format}`)
                  ) : (
                    <Segmented
                      label={t("format")}
                      value={format}
                      onChange={setFormat}
                      choices={formats.map((value) => ({ value, label: t(`formats.${value}`) }))}
                    />
                  ),
              },
              ...(format === "csv"
                ? [
                    {
                      label: t("preamble"),
                      value: <Switch label={t("preambleHint")} checked={preamble} onChange={setPreamble} />,
                    },
                  ]
                : []),
            ]}
          />
        }
        onConfirm={(reason) =>
          create.mutate({ list, format, preamble: preamble && format === "csv", filters: set, reason })
        }
      />
    </>
  );
}
