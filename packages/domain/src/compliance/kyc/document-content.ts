/** What an uploaded file is, by its own first bytes: what its name or sender says of it is not believed. */

export const mostDocumentBytes = 8 * 1024 * 1024;

export type DocumentType = "image/jpeg" | "image/png" | "application/pdf";

const signatures: readonly (readonly [DocumentType, readonly number[]])[] = [
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** Undefined where it is none of the kinds that are taken. */
export function detectDocumentType(bytes: Uint8Array): DocumentType | undefined {
  return signatures.find(([, start]) => start.every((byte, index) => bytes[index] === byte))?.[0];
}
