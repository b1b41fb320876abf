"use client";

import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Findings } from "#features/geo/conflict-facts.tsx";
import { GeoVerdict } from "#features/geo/geo-verdict.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextInput } from "#ui/text-input.tsx";

const fields = ["ip", "position", "documentCountry", "playerId"] as const;
type Field = (typeof fields)[number];
const examples: Readonly<Record<Field, string>> = {
  ip: "203.0.113.7",
  position: "35.8989, 14.5146",
  documentCountry: "MT",
  playerId: "p_1a",
};
const nothing: Readonly<Record<Field, string>> = { ip: "", position: "", documentCountry: "", playerId: "" };

/** What the rules that hold now make of an address, a position and a document; nothing is kept. */
export function TryPlace() {
  const t = useTranslations("rg.geo");
  const [texts, setTexts] = useState(nothing);
  const [asked, setAsked] = useState<InputOf<"geo.explain">>();
  const [wrong, setWrong] = useState(false);
  const explained = useQuery({ ...read("geo.explain", asked ?? {}), enabled: asked !== undefined, retry: false });

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    const position = readPosition(texts.position);
    setWrong(position === undefined);
    if (position === undefined) return;
    const text = (field: Field) => texts[field].trim() || null;
    setAsked({
      ip: text("ip"),
      position,
      documentCountry: text("documentCountry")?.toUpperCase() ?? null,
      playerId: text("playerId"),
    });
  }

  return (
    <Section title={t("lookup")}>
      <p className="mb-3 text-ink-muted">{t("lookupLead")}</p>
      <form className="mb-3 grid max-w-3xl grid-cols-1 items-end gap-3 sm:grid-cols-2" onSubmit={submit}>
        {fields.map((field) => (
          <FormField key={field} label={t(`tries.${field}`)}>
            <TextInput
              placeholder={examples[field]}
              value={texts[field]}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setTexts((before) => ({ ...before, [field]: value }));
              }}
            />
          </FormField>
        ))}
        <div>
          <Button type="submit" disabled={fields.every((field) => texts[field].trim() === "")}>
            {t("look")}
          </Button>
        </div>
      </form>
      {wrong && <p className="text-bad">{t("wrongPosition")}</p>}
      {asked !== undefined &&
        !wrong &&
        (explained.data !== undefined ? (
          <Explained place={explained.data} />
        ) : explained.error === null ? (
          <Skeleton className="h-40 rounded-md" />
        ) : (
          <FailureNotice failure={failureOf(explained.error)} />
        ))}
    </Section>
  );
}

/** Null where none was given, undefined where it is none. */
function readPosition(text: string): { latitude: number; longitude: number } | null | undefined {
  if (text.trim() === "") return null;
  const parts = text.split(",").map((part) => part.trim());
  const [latitude = Number.NaN, longitude = Number.NaN] = parts.map((part) =>
    part === "" ? Number.NaN : Number(part),
  );
  const good = parts.length === 2 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return good ? { latitude, longitude } : undefined;
}

function Explained({ place }: { place: OutputOf<"geo.explain"> }) {
  const t = useTranslations("rg.geo");
  const facts = useTranslations("rg.conflicts");
  return (
    <div aria-live="polite">
      <KeyValues
        items={[
          { label: t("country"), value: place.ipCountry ?? t("unknown") },
          { label: t("hides"), value: place.hides ?? t("unknown") },
          { label: facts("deviceCountry"), value: place.deviceCountry ?? t("unknown") },
          { label: facts("documentCountry"), value: place.documentCountry ?? t("unknown") },
          { label: t("vendor"), value: place.vendor ?? t("none") },
        ]}
      />
      {place.packs.map(({ code, version, verdict, findings }) => (
        <div key={code} className="mt-3">
          <h3 className="mb-1 flex items-center gap-2 font-medium">
            {`${code} v${version}`} <GeoVerdict verdict={verdict} />
          </h3>
          {findings.length > 0 && <Findings findings={findings} />}
        </div>
      ))}
    </div>
  );
}
