"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { keyOf, read, write } from "#lib/api.ts";
import { useMay } from "#lib/reader.tsx";
import { useFailureToast } from "#lib/use-failure-toast.ts";
import { Button } from "#ui/button.tsx";
import { Popover } from "#ui/popover.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface PlayerTagsProps {
  readonly playerId: string;
  /** Undefined while they load. */
  readonly tags: readonly string[] | undefined;
}

export function PlayerTags({ playerId, tags }: PlayerTagsProps) {
  const t = useTranslations("players.tags");
  const mayTag = useMay("player.tag");
  const client = useQueryClient();
  const failed = useFailureToast();
  const done = () => client.invalidateQueries({ queryKey: keyOf("player.show") });
  const add = useMutation({ ...write("player.addTag"), onSuccess: done, onError: failed });
  const remove = useMutation({ ...write("player.removeTag"), onSuccess: done, onError: failed });
  return (
    <Section title={t("title")} aside={mayTag && <AddTag onAdd={(tag) => add.mutate({ playerId, tag })} />}>
      {tags === undefined ? (
        <Skeleton className="h-5 w-32 rounded-sm" />
      ) : tags.length === 0 ? (
        <p className="text-ink-faint">{t("none")}</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li
              key={tag}
              className="inline-flex h-6 items-center rounded-sm bg-sunken text-xs shadow-[inset_0_0_0_1px_var(--color-line)]"
            >
              <span className="px-2">{tag}</span>
              {mayTag && (
                <button
                  type="button"
                  aria-label={t("remove", { tag })}
                  onClick={() => remove.mutate({ playerId, tag })}
                  className="focus-inset -ms-1 flex h-6 w-6 items-center justify-center rounded-sm text-ink-faint hover:text-ink"
                >
                  <X className="size-3" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function AddTag({ onAdd }: { onAdd: (tag: string) => void }) {
  const t = useTranslations("players.tags");
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const known = useQuery({ ...read("player.tags"), enabled: open });
  const listId = useId();
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t("add")}
      className="w-64"
      trigger={
        <Button size="sm" look="quiet">
          <Plus />
          {t("add")}
        </Button>
      }
    >
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          onAdd(text.trim());
          setText("");
          setOpen(false);
        }}
      >
        <TextInput
          autoFocus
          aria-label={t("name")}
          placeholder={t("placeholder")}
          list={listId}
          pattern="[a-z0-9][a-z0-9\-]{0,39}"
          title={t("rule")}
          required
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <datalist id={listId}>
          {known.data?.map(({ tag }) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <Button type="submit" look="solid">
          {t("addAction")}
        </Button>
      </form>
    </Popover>
  );
}
