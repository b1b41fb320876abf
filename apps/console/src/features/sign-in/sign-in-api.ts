"use client";

import { signIn as startSession } from "next-auth/react";
import { isErrorCode, type ViewFailure } from "#lib/failure.ts";
import type { SignInAnswers } from "#server/sign-in-steps.ts";

export type StepResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ViewFailure };

export async function takeStep<Step extends keyof SignInAnswers>(
  step: Step,
  body: object,
): Promise<StepResult<SignInAnswers[Step]>> {
  try {
    const response = await fetch(`/api/sign-in/${step}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const told: unknown = await response.json();
    if (response.ok) return { ok: true, value: told as SignInAnswers[Step] };
    return { ok: false, failure: readFailure(told) };
  } catch {
    return { ok: false, failure: { code: "ENGINE_UNREACHABLE" } };
  }
}

/** After the last step: next-auth takes over what the console's server holds for this browser. */
export async function enterSession(): Promise<boolean> {
  const done = await startSession("staff", { redirect: false });
  return done?.ok === true && (done.error ?? null) === null;
}

function readFailure(told: unknown): ViewFailure {
  if (typeof told !== "object" || told === null || !("code" in told)) return { code: "INTERNAL" };
  const { code } = told;
  if (typeof code !== "string" || !isErrorCode(code)) return { code: "INTERNAL" };
  return { ...told, code };
}
