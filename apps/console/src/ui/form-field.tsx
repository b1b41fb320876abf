"use client";

import { Field } from "@base-ui/react/field";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

interface FormFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Why what stands in the field can't be taken; shown under it and read out with it. */
  readonly error?: string | undefined;
  readonly name?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A label, a control, and what there is to say about it. The control must be one of this folder's. */
export function FormField({ label, hint, error, name, className, children }: FormFieldProps) {
  return (
    <Field.Root
      {...(name === undefined ? {} : { name })}
      invalid={error !== undefined}
      className={cn("flex flex-col gap-1", className)}
    >
      <Field.Label className="text-xs font-medium text-ink-muted">{label}</Field.Label>
      {children}
      {hint !== undefined && error === undefined && (
        <Field.Description className="text-xs text-ink-faint">{hint}</Field.Description>
      )}
      {error !== undefined && (
        <Field.Error match className="text-xs text-bad">
          {error}
        </Field.Error>
      )}
    </Field.Root>
  );
}
