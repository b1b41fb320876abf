"use client";

import { Button as Base } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "#lib/cn.ts";
import { Spinner } from "#ui/spinner.tsx";

export const buttonStyle = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors no-underline data-disabled:opacity-50 disabled:opacity-50 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        solid: "bg-accent-solid text-on-accent shadow-control hover:bg-accent-hover active:bg-accent-hover",
        plain: "border border-line-strong bg-surface text-ink shadow-control hover:bg-hover active:bg-press",
        quiet:
          "text-ink-muted hover:bg-hover hover:text-ink active:bg-press data-popup-open:bg-hover data-popup-open:text-ink",
        danger: "bg-bad-solid text-on-accent shadow-control hover:bg-bad-hover active:bg-bad-hover",
        link: "h-auto! px-0! text-accent underline-offset-2 hover:underline",
      },
      size: {
        sm: "h-7 px-2 text-xs [&_svg]:size-3.5",
        md: "h-8 px-3 text-sm [&_svg]:size-4",
        lg: "h-10 px-4 text-base [&_svg]:size-4",
      },
      square: { true: "px-0!", false: "" },
    },
    compoundVariants: [
      { square: true, size: "sm", className: "w-7" },
      { square: true, size: "md", className: "w-8" },
      { square: true, size: "lg", className: "w-10" },
    ],
    defaultVariants: { look: "plain", size: "md", square: false },
  },
);

export interface ButtonProps extends Omit<ComponentProps<typeof Base>, "className">, VariantProps<typeof buttonStyle> {
  readonly className?: string;
  /** Shows that the action is under way, keeps the width, and refuses a second click. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button({ look, size, square, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <Base
      type="button"
      {...rest}
      disabled={disabled === true || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      className={cn(buttonStyle({ look, size, square }), className)}
    >
      <span className={cn("contents", busy && "[&>*]:invisible [&]:text-transparent")}>{children}</span>
      {busy && <Spinner className="absolute" />}
    </Base>
  );
}
