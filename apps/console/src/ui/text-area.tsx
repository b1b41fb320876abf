"use client";

import { Field } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { cn } from "#lib/cn.ts";
import { controlStyle } from "#ui/text-input.tsx";

interface TextAreaProps extends Omit<ComponentProps<"textarea">, "className"> {
  readonly className?: string;
}

export function TextArea({ className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Field.Control
      render={
        <textarea {...rest} rows={rows} className={cn(controlStyle, "h-auto resize-y py-1.5 leading-5", className)} />
      }
    />
  );
}
