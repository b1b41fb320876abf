/** For load balancers and Prometheus. `/healthz`: the process lives; `/readyz`: it can take bets. */
import type { Registry } from "prom-client";
import type { TypedServer } from "../edge/http-server.ts";
// Says that a route may be left unlimited.
import type {} from "../edge/rate-limit.ts";

const config = { unlimited: true };

export function registerHealthRoutes(server: TypedServer, ready: () => boolean, registry: Registry): void {
  server.get("/healthz", { config, schema: { hide: true } }, () => ({ status: "ok" }));
  server.get("/readyz", { config, schema: { hide: true } }, (_request, reply) => {
    const up = ready();
    return reply.code(up ? 200 : 503).send({ status: up ? "ready" : "not ready" });
  });
  server.get("/metrics", { config, schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
