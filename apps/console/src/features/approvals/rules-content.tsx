"use client";

import { z } from "zod";
import { useTranslations } from "use-intl";
import { ChangesTable } from "#features/rules/changes-table.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

const rules = z.object({
  // Rules that watch have neither: they hold once approved, and for everybody.
  effectiveFrom: z.string().nullable().optional(),
  players: z.number().optional(),
  changes: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })),
});

/** What a proposed version of rules changes, for how many players, and from when on. */
export function RulesContent({ content }: { content: Readonly<Record<string, unknown>> }) {
  const t = useTranslations("rg.rules");
  const parsed = rules.safeParse(content);
  if (!parsed.success) return null;
  const { effectiveFrom, players, changes } = parsed.data;
  return (
    <div className="my-3 flex min-w-0 flex-col gap-3">
      {players !== undefined && (
        <KeyValues
          items={[
            { label: t("begins"), value: effectiveFrom == null ? t("beginsHint") : <Time at={effectiveFrom} /> },
            { label: t("scope"), value: t("reaches", { count: players }) },
          ]}
        />
      )}
      <ChangesTable changes={changes} />
    </div>
  );
}
