import type { NextRequest } from "next/server";
import { errorRow } from "@pitboss/domain/kernel/errors";
import type { ViewFailure } from "#lib/failure.ts";
import { callEngine } from "#server/engine.ts";
import { isSameOrigin } from "#server/same-origin.ts";
import { handOver } from "#server/session-cookie.ts";
import { lastSteps, signInSteps } from "#server/sign-in-steps.ts";

/** One step of a sign-in. What it takes, the engine checks; what it answers is cut down to what the page shows. */
export async function POST(request: NextRequest, { params }: { params: Promise<{ step: string }> }): Promise<Response> {
  if (!isSameOrigin(request)) return refuse({ code: "NOT_ALLOWED" });
  const { step } = await params;
  const body: unknown = await request.json().catch(() => undefined);
  if (typeof body !== "object" || body === null) return refuse({ code: "BODY_MALFORMED" });

  if (isStep(signInSteps, step)) {
    const { path, answer } = signInSteps[step];
    const told = await callEngine<unknown>(path, body, answer);
    return told.ok ? reply(told.value) : refuse(told.failure);
  }
  if (isStep(lastSteps, step)) {
    const { path, answer } = lastSteps[step];
    const opened = await callEngine(path, body, answer);
    if (!opened.ok) return refuse(opened.failure);
    await handOver(opened.value.session);
    return reply({ recoveryCodes: opened.value.recoveryCodes });
  }
  return refuse({ code: "ROUTE_NOT_FOUND" });
}

function isStep<Steps extends object>(steps: Steps, name: string): name is Extract<keyof Steps, string> {
  return Object.hasOwn(steps, name);
}

function reply(value: unknown): Response {
  return Response.json(value, { headers: { "cache-control": "no-store" } });
}

function refuse(failure: ViewFailure): Response {
  return Response.json(failure, { status: errorRow(failure.code).http, headers: { "cache-control": "no-store" } });
}
