"use client";

import { Input } from "@base-ui/react/input";
import type { ComponentProps } from "react";
import { cn } from "#lib/cn.ts";

export const controlStyle =
  "h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink shadow-control transition-colors hover:border-control focus-visible:border-accent focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-ink-faint aria-invalid:border-bad data-invalid:border-bad pointer-coarse:text-lg";

interface TextInputProps extends Omit<ComponentProps<typeof Input>, "className"> {
  readonly className?: string;
}

export function TextInput({ className, ...rest }: TextInputProps) {
  return <Input {...rest} className={cn(controlStyle, className)} />;
}
