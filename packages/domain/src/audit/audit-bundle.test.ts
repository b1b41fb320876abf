import { expect, test } from "vitest";
import type { AuditEntry } from "./audit-entry.ts";
import { maskEntry } from "./audit-bundle.ts";

const entry: AuditEntry = {
  id: "au_1",
  at: "2026-11-23T08:00:00.000001Z",
  actorKind: "staff",
  actorId: "st_1",
  actingAs: ["support"],
  channel: "console",
  sessionId: "ss_1",
  ip: "198.51.100.7",
  userAgent: "a browser",
  action: "player.lock",
  subjectKind: "player",
  subjectId: "p_1",
  reason: "ticket 4711",
  before: { status: "ACTIVE" },
  after: { status: "BLOCKED" },
  approvalId: null,
  traceId: "0f0e0d0c-0b0a-0908-0706-050403020100",
};

test("an entry with nothing personal is left exactly as it was sealed", () => {
  expect(maskEntry(entry)).toEqual({ entry, masked: [] });
});

test("a player's address is their network, and their browser is left out", () => {
  const masked = maskEntry({ ...entry, actorKind: "player", actorId: "p_1" });
  expect(masked).toMatchObject({ entry: { ip: "198.51.100.…", userAgent: "…" }, masked: ["ip", "userAgent"] });
  const six = maskEntry({ ...entry, actorKind: "player", ip: "2001:db8:85a3:8d3:1319:8a2e:370:7348" });
  expect(six.entry.ip).toBe("2001:db8:85a3:…");
});

test("what people wrote by hand tells no e-mail address, phone number or bank account", () => {
  const { entry: masked, masked: fields } = maskEntry({
    ...entry,
    reason: "Ada <ada@example.com> called from +356 2123 4567 about ticket 4711",
    after: { note: { text: "pays to MT84 MALT 0110 0001 2345 MTLC AST0 01S" }, list: ["ada@example.com", 4711] },
  });
  expect(masked.reason).toBe("Ada <…> called from … about ticket 4711");
  expect(masked.after).toEqual({ note: { text: "pays to …" }, list: ["…", 4711] });
  expect(fields).toEqual(["reason", "after"]);
});
