/** A list's files on their way in: kept by their SHA-256, so that what is planned is what is imported. */
import { createHash } from "node:crypto";
import type { ListFile } from "@pitboss/db/compliance/screening-lists.schema";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { FastifyInstance } from "fastify";
import { sendProblem } from "../../edge/problem.ts";
import { checkPermission } from "../../identity/actor.ts";
import { findActor } from "../../identity/sign-in/staff-tokens.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { GivenFile } from "./lists/parsed-list.ts";

/** The longest of the public lists has some 25 MB. */
const mostBytes = 96 * 1024 * 1024;

export interface NamedUpload {
  readonly name: string;
  readonly sha256: string;
}

const placeOf = (sha256: string): string => `screening/files/${sha256}`;

export function registerListUpload(server: FastifyInstance, deps: StaffDeps): void {
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: mostBytes }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.post("/staff/screening/files", { schema: { hide: true }, bodyLimit: mostBytes }, async (request, reply) => {
      const actor = await findActor(deps, {
        authorization: request.headers.authorization,
        ip: request.ip,
        userAgent: request.headers["user-agent"] ?? null,
        background: false,
      });
      if (!actor.ok) return sendProblem(reply, actor.error, request.traceId);
      const allowed = checkPermission(actor.value, "screening.import", deps.clock.now());
      if (!allowed.ok) return sendProblem(reply, allowed.error, request.traceId);
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (bytes.length === 0) {
        return sendProblem(reply, { code: "REQUEST_INVALID", detail: "The file is empty." }, request.traceId);
      }
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      await deps.objects.put(placeOf(sha256), bytes, "application/octet-stream");
      return reply.send({ sha256, bytes: bytes.length });
    });
    done();
  });
}

export interface UploadedList {
  readonly files: readonly GivenFile[];
  readonly kept: readonly ListFile[];
  /** SHA-256 over the files' own, in their order. */
  readonly checksum: string;
}

export async function readUploads(
  { objects }: Pick<StaffDeps, "objects">,
  uploads: readonly NamedUpload[],
): Promise<Result<UploadedList, Failure<"RECORD_NOT_FOUND">>> {
  const files: GivenFile[] = [];
  for (const { name, sha256 } of uploads) {
    const bytes = await objects.get(placeOf(sha256));
    if (bytes === undefined) return err("RECORD_NOT_FOUND", `${name} was not uploaded.`);
    files.push({ name, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) });
  }
  const kept = files.map(({ name, bytes }, index) => ({
    name,
    sha256: uploads[index]?.sha256 ?? "",
    bytes: bytes.length,
  }));
  const checksum = createHash("sha256")
    .update(kept.map(({ sha256 }) => sha256).join("\n"))
    .digest("hex");
  return ok({ files, kept, checksum });
}
