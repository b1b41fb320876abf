/** The OpenAPI 3.1 document of the public API, made from the routes themselves, and the page that shows it. */
import swagger from "@fastify/swagger";
import { errorRow, type ErrorCode } from "@pitboss/domain/kernel/errors";
import type { FastifyInstance, FastifySchema, RouteOptions } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { guardRulesOf, type GuardRules } from "./guard.ts";
import { type JsonMap, oneNameEach, spellExamples } from "./openapi-schemas.ts";
import { problemOf } from "./problem.ts";
import { registerReferencePage } from "./reference-page.ts";
import { problemsOf } from "./route-problems.ts";

interface RouteNote {
  readonly problems: readonly ErrorCode[];
  readonly rules: GuardRules | undefined;
}

const tags = [
  { name: "Bets", description: "Placing bets, and taking them back." },
  { name: "Rounds", description: "Settling what was bet in a round." },
  { name: "Seals", description: "Proofs that a bet is in the sealed ledger, for anyone to check." },
  { name: "Wallet", description: "What a player has, had, and why." },
  { name: "Deposits", description: "Money in: by card, through payment providers." },
  { name: "Payouts", description: "Money out: to where it came from, and winnings to a verified instrument." },
  { name: "Exchange", description: "Exchange rates, and conversions at them." },
  { name: "Games", description: "The games, and play on the house's own." },
  { name: "Provably fair", description: "Seeds and proofs, so that a player can check every outcome." },
  { name: "Verification", description: "What is verified of a player, and the documents that prove it." },
  { name: "Accounts", description: "A player's own account: opening it, proving the address, passwords." },
  { name: "Sessions", description: "Signing in as a player, tokens, devices, signing out." },
  { name: "Responsible gaming", description: "A player's own limits, exclusions, and the clock of their play." },
  { name: "Players", description: "Players and their tokens, for an operator's front end." },
  { name: "Game sessions", description: "Tokens that can bet for one player on one game." },
  { name: "Game banks", description: "A player's cash in a provider's own wallet: there, and back." },
  { name: "Affiliates", description: "Links of those who bring players." },
  { name: "House", description: "The house's own accounts." },
  { name: "Demo", description: "Only where NODE_ENV is not production." },
];

const description = `For players, game providers and an operator's own systems.

- **Money** is a decimal string with at most the currency's decimals: \`"10.00"\` EUR, \`"10"\` JPY.
- **Times** are UTC, ISO 8601.
- **Repeats.** Every command carries a \`requestId\`. The same id gets its first answer for ever (with the header
  \`idempotent-replay\`), the same id with another body is refused. So whatever goes unanswered can be sent again.
- **Failures** are problem details (RFC 9457) with a \`code\` that never changes. \`retry\` says whether the very same request
  can succeed later.
- **Rates.** Requests of one player, and those of one address that shows no token, are counted; one too many is answered
  with 429 and \`retry-after\`. Keys of machines are not counted.
- **Tracing.** A \`traceparent\` header (W3C) is taken up; the trace id stands in problems, transactions and events.
- **Fields** that a call does not know are refused: a misspelt one would be silently without effect.`;

export async function describeApi(server: FastifyInstance, version: string): Promise<void> {
  const notes = new Map<string, RouteNote>();
  await server.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Pitboss public API",
        version,
        description,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      // Where this very document came from.
      servers: [{ url: "/" }],
      tags,
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer", description: "A player's, a game session's or a machine's token." },
        },
      },
    },
    transform: (document) => {
      noteRoute(notes, document.route, document.schema);
      return jsonSchemaTransform(document);
    },
    transformObject: (document) => {
      const complete = jsonSchemaTransformObject(document) as unknown as JsonMap;
      return finishDocument(complete, notes);
    },
  });
  await registerReferencePage(server);
  let text: string | undefined;
  server.get("/openapi.json", { schema: { hide: true } }, (_request, reply) => {
    // The routes are fixed once the server listens.
    text ??= JSON.stringify(server.swagger());
    return reply.type("application/json; charset=utf-8").send(text);
  });
}

/** Routes of others (the staff API, the page's own files) come without a schema; they are not shown. */
function noteRoute(notes: Map<string, RouteNote>, route: RouteOptions, schema: FastifySchema | undefined): void {
  const operationId = schema?.operationId;
  if (schema === undefined || operationId === undefined) return;
  notes.set(operationId, { problems: problemsOf(route, schema), rules: guardRulesOf(route.onRequest) });
}

function finishDocument(document: JsonMap, notes: ReadonlyMap<string, RouteNote>): JsonMap {
  for (const operation of operationsOf(document)) {
    const note = notes.get(String(operation["operationId"]));
    if (note !== undefined) finishOperation(operation, note);
  }
  return oneNameEach(spellExamples(document));
}

function operationsOf(document: JsonMap): JsonMap[] {
  return Object.values(document["paths"] as Record<string, JsonMap>).flatMap(
    (methods) => Object.values(methods) as JsonMap[],
  );
}

function finishOperation(operation: JsonMap, { problems, rules }: RouteNote): void {
  operation["security"] = rules === undefined ? [] : [...(rules.open === true ? [{}] : []), { bearer: [] }];
  operation["description"] = `${String(operation["description"])}\n\n${describeCallers(rules)}`;
  const responses = operation["responses"] as Record<string, JsonMap>;
  for (const [status, response] of Object.entries(responses)) {
    response["description"] = status === "204" ? "Done." : "The answer.";
    if (problems.includes("REQUEST_REUSED")) response["headers"] = replayHeader;
  }
  for (const [status, codes] of Object.entries(Object.groupBy(problems, (code) => errorRow(code).http))) {
    responses[status] = problemResponse(codes ?? []);
  }
}

const replayHeader = {
  "idempotent-replay": {
    description: "`true` where the request had been answered before, and this is its first answer.",
    schema: { type: "string", const: "true" },
  },
};

function describeCallers(rules: GuardRules | undefined): string {
  if (rules === undefined) return "Anyone may call it.";
  const callers = [
    ...(rules.open === true ? ["anyone, without a token"] : []),
    ...(rules.account === true ? ["players, for themselves"] : []),
    ...(rules.player === true ? ["players and game sessions, for themselves"] : []),
    ...(rules.machine === undefined ? [] : [`machine keys with the scope \`${rules.machine}\``]),
  ];
  return `For ${callers.join("; ")}.`;
}

function problemResponse(codes: readonly ErrorCode[]): JsonMap {
  const lines = codes.map((code) => `- \`${code}\` ${errorRow(code).sentence}`);
  const retriable = codes.some((code) => errorRow(code).http === 503);
  return {
    description: lines.join("\n"),
    ...(retriable ? { headers: { "retry-after": { description: "Seconds.", schema: { type: "string" } } } } : {}),
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  };
}

function exampleOf(code: ErrorCode): unknown {
  return problemOf({ code }, "4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
}
