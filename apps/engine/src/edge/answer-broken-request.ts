/** Answers what is no HTTP, or stops in the middle of it: the server's own answer would not be a problem document. */
import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { ErrorCode } from "@pitboss/domain/kernel/errors";
import { problemOf } from "./problem.ts";

const codes: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "REQUEST_TIMEOUT",
  HPE_HEADER_OVERFLOW: "HEADERS_TOO_LARGE",
  HPE_INVALID_HEADER_TOKEN: "HEADER_INVALID",
  HPE_UNEXPECTED_CONTENT_LENGTH: "HEADER_INVALID",
  HPE_INVALID_CONTENT_LENGTH: "HEADER_INVALID",
  HPE_INVALID_TRANSFER_ENCODING: "HEADER_INVALID",
  HPE_INVALID_EOF_STATE: "BODY_MALFORMED",
};

export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  // Whoever reset the connection hears nothing any more.
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf({ code: codes[error.code ?? ""] ?? "REQUEST_INVALID" }, randomUUID());
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}`,
    "content-type: application/problem+json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroySoon());
}
