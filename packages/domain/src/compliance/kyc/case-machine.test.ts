import { expect, test } from "vitest";
import { caseDecisions, caseStates, findMissing, stateAfter } from "./case-machine.ts";
import { detectDocumentType } from "./document-content.ts";

test("a case that is turned down for good takes no decision and no submission any more", () => {
  for (const event of [...caseDecisions, "submit"] as const)
    expect(stateAfter("REJECTED_FINAL", event)).toBeUndefined();
});

test("an approval may be taken back, and only what was submitted is approved", () => {
  expect(stateAfter("APPROVED", "revoke")).toBe("REJECTED_FINAL");
  expect(stateAfter("APPROVED", "renew")).toBe("REJECTED_RETRY");
  expect(caseStates.filter((state) => stateAfter(state, "approve") === "APPROVED")).toEqual(["PENDING", "ON_HOLD"]);
});

test("one of the documents of a group is enough, and each field is named that is missing", () => {
  expect(findMissing(2, ["firstName", "lastName", "birthDate"], ["ID_CARD"])).toEqual({
    fields: ["address"],
    documents: [],
  });
  expect(findMissing(2, ["firstName", "lastName", "birthDate", "address"], ["PROOF_OF_ADDRESS"]).documents).toEqual([
    ["PASSPORT", "ID_CARD", "DRIVING_LICENCE"],
  ]);
});

test.each([
  ["image/jpeg", [0xff, 0xd8, 0xff, 0xe0]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]],
  ["application/pdf", [...Buffer.from("%PDF-1.7")]],
  [undefined, [...Buffer.from("<svg onload=alert(1)>")]],
  [undefined, [0xff, 0xd8]],
])("%s is told by its first bytes", (type, bytes) => {
  expect(detectDocumentType(Uint8Array.from(bytes))).toBe(type);
});
