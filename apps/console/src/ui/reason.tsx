"use client";

import type { ReactElement } from "react";
import { cloneElement, useId } from "react";
import { Tip } from "#ui/tip.tsx";

interface ReasonProps {
  /** Why the button can't be pressed; undefined where it can. */
  readonly text: string | undefined;
  readonly children: ReactElement<{ readonly focusableWhenDisabled?: boolean; readonly "aria-describedby"?: string }>;
}

/** A button that can't be pressed says why: on hover, on focus, and to a screen reader. */
export function Reason({ text, children }: ReasonProps) {
  const id = useId();
  if (text === undefined) return children;
  return (
    <>
      <Tip text={text}>{cloneElement(children, { focusableWhenDisabled: true, "aria-describedby": id })}</Tip>
      <span id={id} className="sr-only">
        {text}
      </span>
    </>
  );
}
