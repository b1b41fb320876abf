"use client";

import { z } from "zod";
import { useTranslations } from "use-intl";
import { ChangesTable } from "#features/rules/changes-table.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

const rules = z.object({
  // Rules that watch have neither: they hold once approved, and for everybody.
  effectiveFrom: z.string().nullable().optional(),
  /** Not there where a change reaches no player. */
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
      {effectiveFrom !== undefined && (
        <KeyValues
          items={[
            { label: t("begins"), value: <Begins at={effectiveFrom} /> },
            ...(players === undefined ? [] : [{ label: t("scope"), value: t("reaches", { count: players }) }]),
          ]}
        />
      )}
      <ChangesTable changes={changes} />
    </div>
  );
}

/** A day of UTC is a day, whatever zone its reader is in. */
function Begins({ at }: { at: string | null }) {
  const t = useTranslations("rg.rules");
  if (at === null) return t("beginsHint");
  return at.length === 10 ? <span className="tabular">{at} UTC</span> : <Time at={at} />;
}
