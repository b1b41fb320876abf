/** The file of one's own export, streamed. */
import { createReadStream } from "node:fs";
import { basename, join } from "node:path";
import { findExport } from "@pitboss/db/identity/export-store";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { FastifyInstance } from "fastify";
import { sendProblem } from "../../edge/problem.ts";
import { findActor } from "../../identity/sign-in/staff-tokens.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { exportFolder } from "./run-exports.ts";

const types: Readonly<Record<string, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
  xml: "application/xml",
  parquet: "application/vnd.apache.parquet",
};

export function typeOf(file: string): string {
  return types[file.split(".").at(-1) ?? ""] ?? "application/gzip";
}

export function registerExportDownload(server: FastifyInstance, deps: StaffDeps): void {
  server.get<{ Params: { exportId: string } }>(
    "/staff/exports/:exportId",
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await findActor(deps, {
        authorization: request.headers.authorization,
        ip: request.ip,
        userAgent: request.headers["user-agent"] ?? null,
        background: false,
      });
      if (!actor.ok) return sendProblem(reply, actor.error, request.traceId);
      if (actor.value.kind !== "staff") return sendProblem(reply, { code: "NOT_ALLOWED" }, request.traceId);
      const id = parseId("export", request.params.exportId);
      const found = id === undefined ? undefined : await findExport(deps.db, id, actor.value.staffId);
      if (found?.file == null) return sendProblem(reply, { code: "RECORD_NOT_FOUND" }, request.traceId);
      const file = basename(found.file);
      return reply
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="${file}"`)
        .header("content-length", found.byteCount.toString())
        .type(typeOf(file))
        .send(createReadStream(join(exportFolder(deps), file)));
    },
  );
}
