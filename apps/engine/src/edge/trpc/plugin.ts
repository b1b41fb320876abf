/** The staff API as a Fastify plugin: tRPC under /trpc, the way in under /staff, public keys under /.well-known. */
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { registerListUpload } from "../../compliance/screening/list-uploads.ts";
import { registerSignInRoutes } from "../../identity/sign-in/sign-in-routes.ts";
import { findActor } from "../../identity/sign-in/staff-tokens.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { LiveFeed } from "../../ops/live/live-feed.ts";
import { registerExportDownload } from "../../reporting/exports/download-export.ts";
import { type AppRouter, appRouter } from "./app-router.ts";
import type { TrpcContext } from "./context.ts";

/** Few calls a batch: each of them may be a page of a large list. */
const maxBatchCalls = 20;
const mostBodyBytes = 3 * 1024 * 1024;

export function createTrpcPlugin(deps: StaffDeps, live: LiveFeed) {
  return async (server: FastifyInstance): Promise<void> => {
    // A server that closes waits for its answers, and a live view would never be done.
    server.addHook("preClose", () => live.stop());
    registerSignInRoutes(server, deps);
    registerExportDownload(server, deps);
    registerListUpload(server, deps);
    server.get("/.well-known/audit-jwks.json", { schema: { hide: true } }, async (_request, reply) => {
      reply.header("cache-control", "public, max-age=60");
      return deps.ring.jwks("AUDIT");
    });
    server.get("/.well-known/staff-jwks.json", { schema: { hide: true } }, async (_request, reply) => {
      reply.header("cache-control", "public, max-age=60");
      return deps.ring.jwks("STAFF");
    });
    const options: FastifyTRPCPluginOptions<AppRouter> = {
      prefix: "/trpc",
      trpcOptions: {
        router: appRouter,
        maxBatchSize: maxBatchCalls,
        createContext: ({ req }) => createContext(deps, live, req),
        onError: ({ error, path, ctx }) => {
          if (error.code !== "INTERNAL_SERVER_ERROR") return;
          deps.log.error({ err: error.cause ?? error, path, traceId: ctx?.traceId }, "a procedure failed");
        },
        responseMeta: () => ({ headers: { "cache-control": "no-store" } }),
      },
    };
    // Files come as base64 inside a call: evidence of 2 MiB at most, and what goes with it.
    server.addHook("onRoute", (route) => {
      if (route.url.startsWith("/trpc/")) route.bodyLimit = mostBodyBytes;
    });
    await server.register(fastifyTRPCPlugin, options);
  };
}

async function createContext(deps: StaffDeps, live: LiveFeed, request: FastifyRequest): Promise<TrpcContext> {
  const actor = await findActor(deps, {
    authorization: request.headers.authorization,
    ip: request.ip,
    userAgent: request.headers["user-agent"] ?? null,
    // A stream asks for itself anew; that nobody closed it does not mean that somebody is there.
    background:
      request.headers["x-pitboss-background"] === "1" || request.headers.accept?.includes("text/event-stream") === true,
  });
  return { deps, live, actor, traceId: request.traceId };
}
