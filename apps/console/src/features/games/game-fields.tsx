"use client";

import { gameDevices } from "@pitboss/domain/catalog/game-entry";
import { useTranslations } from "use-intl";
import { draftFields, type DraftField, type GameDraft, isLines, isList } from "#features/games/game-draft.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { FormField } from "#ui/form-field.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

const mostText = 8_000;

interface GameFieldsProps {
  readonly draft: GameDraft;
  readonly onChange: (draft: GameDraft) => void;
}

export function GameFields({ draft, onChange }: GameFieldsProps) {
  const t = useTranslations("games");
  const change = (field: DraftField, text: string) => onChange({ ...draft, texts: { ...draft.texts, [field]: text } });
  const hintOf = (field: DraftField): string | undefined => {
    if (isLines(field)) return t(`edit.${field}Hint`);
    if (isList(field)) return t(field === "languages" || field === "jurisdictions" ? "edit.allHint" : "edit.listHint");
    return undefined;
  };
  return (
    <>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
        <legend className="mb-1 text-xs font-medium">{t("columns.devices")}</legend>
        {gameDevices.map((device) => (
          <label key={device} className="inline-flex items-center gap-2">
            <Checkbox
              checked={draft.devices.includes(device)}
              onChange={(on) =>
                onChange({
                  ...draft,
                  devices: on ? [...draft.devices, device] : draft.devices.filter((one) => one !== device),
                })
              }
            />
            {t(`devices.${device}`)}
          </label>
        ))}
      </fieldset>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {draftFields.map((field) => (
          <FormField key={field} label={t(`edit.${field}`)} hint={hintOf(field)}>
            {isLines(field) ? (
              <TextArea
                rows={3}
                spellCheck={false}
                maxLength={mostText}
                value={draft.texts[field]}
                onChange={(event) => change(field, event.currentTarget.value)}
              />
            ) : (
              <TextInput
                value={draft.texts[field]}
                maxLength={mostText}
                onChange={(event) => change(field, event.currentTarget.value)}
              />
            )}
          </FormField>
        ))}
      </div>
    </>
  );
}
