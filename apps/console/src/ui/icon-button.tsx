"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "#ui/button.tsx";
import { Tip } from "#ui/tip.tsx";

interface IconButtonProps extends Omit<ButtonProps, "children" | "square"> {
  /** What the button does: its name for a screen reader, and its tooltip. */
  readonly label: string;
  readonly shortcut?: string;
  readonly children: ReactNode;
}

export function IconButton({ label, shortcut, look = "quiet", children, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <Button look={look} {...rest} square aria-label={label}>
        {children}
      </Button>
    </Tip>
  );
}
