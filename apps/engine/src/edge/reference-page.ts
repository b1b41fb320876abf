/**
 * The reference at `/docs`. Everything it needs comes from this engine, nothing from elsewhere, and a content security
 * policy holds it to that.
 */
import { createHash } from "node:crypto";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";

const page = "/docs";
const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

export async function registerReferencePage(server: FastifyInstance): Promise<void> {
  // Browsers ask for it beside every page.
  server.get("/favicon.ico", { schema: { hide: true } }, (_request, reply) => reply.code(204).send());
  await server.register(async (scope) => {
    scope.addHook("onSend", (request, reply, payload, done) => {
      void reply.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer");
      if (typeof payload === "string" && String(reply.getHeader("content-type")).startsWith("text/html")) {
        void reply.header("content-security-policy", policyFor(payload));
      } else if (request.url.endsWith(".js")) {
        void reply.header("cache-control", "public, max-age=3600");
      }
      done(null, payload);
    });
    await scope.register(scalar, {
      routePrefix: page,
      configuration: {
        url: "/openapi.json",
        pageTitle: "Pitboss API",
        authentication: { preferredSecurityScheme: "bearer" },
        // Fonts, telemetry and assistants would come from other hosts.
        withDefaultFonts: false,
        telemetry: false,
        agent: { disabled: true },
        mcp: { disabled: true },
        showDeveloperTools: "never",
        hideClientButton: true,
      },
    });
  });
}

/** The page's own inline script is named by its hash; the bundle puts its styles into the document by itself. */
function policyFor(html: string): string {
  const hashes = [...html.matchAll(inlineScript)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
