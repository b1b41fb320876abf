"use client";

import { useState } from "react";
import { Checkbox } from "#ui/checkbox.tsx";
import { FormField } from "#ui/form-field.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Section } from "#ui/section.tsx";
import { Segmented } from "#ui/segmented.tsx";
import { Select } from "#ui/select.tsx";
import { Switch } from "#ui/switch.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";
import { Time } from "#ui/time.tsx";

export function KitForms() {
  const [choice, setChoice] = useState<string>("day");
  const [checked, setChecked] = useState(true);
  const [currency, setCurrency] = useState<string>();
  return (
    <div className="grid gap-x-10 lg:grid-cols-2">
      <Section title="Forms">
        <div className="grid max-w-md gap-3">
          <FormField label="E-mail address" hint="Whole addresses only.">
            <TextInput placeholder="ada@example.com" />
          </FormField>
          <FormField label="Amount" error="EUR has 2 decimals, and 3 were sent.">
            <TextInput defaultValue="12.345" />
          </FormField>
          <FormField label="Currency">
            <Select
              placeholder="Choose…"
              value={currency}
              onChange={setCurrency}
              choices={[
                { value: "EUR", label: "EUR", hint: "2 decimals" },
                { value: "JPY", label: "JPY", hint: "0 decimals" },
              ]}
            />
          </FormField>
          <FormField label="Reason">
            <TextArea placeholder="Why…" />
          </FormField>
          <label className="flex items-center gap-2">
            <Checkbox checked={checked} onChange={setChecked} /> Share with everybody
          </label>
          <Switch
            label="Single-key shortcuts"
            hint="Off, only those with ⌘ are left."
            checked={checked}
            onChange={setChecked}
          />
          <Segmented
            label="Span"
            value={choice}
            onChange={setChoice}
            choices={[
              { value: "day", label: "Day" },
              { value: "week", label: "Week" },
              { value: "month", label: "Month" },
            ]}
          />
        </div>
      </Section>
      <Section title="Facts">
        <KeyValues
          items={[
            { label: "Bet", value: <IdChip id="bet_8cdk3f" /> },
            { label: "Game", value: "European Roulette" },
            { label: "Stake", value: <Money amount="10.00" currency="EUR" /> },
            { label: "Payout", value: <Money amount="360.00" currency="EUR" /> },
            { label: "Placed", value: <Time at="2026-11-23T14:03:22Z" /> },
            {
              label: "Round",
              value: "a very long reference of a provider that has no spaces 0f3c9b1e-7a55-4b7e-9d51-2d5a5c3f8a10",
            },
          ]}
        />
      </Section>
    </div>
  );
}
