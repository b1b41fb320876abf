"use client";

import { OTPField } from "@base-ui/react/otp-field";
import { cn } from "#lib/cn.ts";

interface OtpInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called once, when the last digit is in. */
  readonly onComplete: (value: string) => void;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
}

const digits = [0, 1, 2, 3, 4, 5] as const;

/** Six digits, one place each; pasting and the phone's autofill put in all of them. */
export function OtpInput({
  label,
  value,
  onChange,
  onComplete,
  invalid = false,
  disabled = false,
  autoFocus = false,
}: OtpInputProps) {
  return (
    <OTPField.Root
      length={digits.length}
      value={value}
      onValueChange={onChange}
      onValueComplete={onComplete}
      disabled={disabled}
      aria-label={label}
      className="flex gap-2"
    >
      {digits.map((digit) => (
        <OTPField.Input
          key={digit}
          autoFocus={autoFocus && digit === 0}
          aria-invalid={invalid || undefined}
          className={cn(
            "tabular h-11 w-full min-w-0 rounded-md border border-line-strong bg-surface text-center text-xl font-medium shadow-control transition-colors focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-bad",
            digit === 2 && "me-2",
          )}
        />
      ))}
    </OTPField.Root>
  );
}
