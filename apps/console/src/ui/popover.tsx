"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cn } from "#lib/cn.ts";

interface PopoverProps {
  readonly trigger: ReactElement;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly align?: "start" | "center" | "end";
  /** The popup's name for a screen reader. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Popover({ trigger, open, onOpenChange, align = "start", label, className, children }: PopoverProps) {
  return (
    <Base.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={5} className="z-60 outline-none">
          <Base.Popup
            aria-label={label}
            className={cn(
              "max-h-(--available-height) overflow-y-auto rounded-lg border border-line bg-raised p-3 shadow-float outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0",
              className,
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
