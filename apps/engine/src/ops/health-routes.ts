/** For load balancers and Prometheus. `/healthz`: the process lives; `/readyz`: it can take bets. */
import type { Registry } from "prom-client";
import type { TypedServer } from "../edge/http-server.ts";

export function registerHealthRoutes(server: TypedServer, ready: () => boolean, registry: Registry): void {
  server.get("/healthz", { schema: { hide: true } }, () => ({ status: "ok" }));
  server.get("/readyz", { schema: { hide: true } }, (_request, reply) => {
    const up = ready();
    return reply.code(up ? 200 : 503).send({ status: up ? "ready" : "not ready" });
  });
  server.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
