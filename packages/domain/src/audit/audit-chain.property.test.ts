import fc from "fast-check";
import { expect, test } from "vitest";
import { chainStart, hashAuditEntry, nextChainHash, walkChain } from "./audit-chain.ts";
import type { AuditEntry } from "./audit-entry.ts";

const entry = (index: number, reason: string): AuditEntry => ({
  id: `au_${index}`,
  at: "2026-11-23T06:15:44.123456Z",
  actorKind: "staff",
  actorId: "st_1",
  actingAs: ["support"],
  channel: "console",
  sessionId: null,
  ip: null,
  userAgent: null,
  action: "player.lock",
  subjectKind: "player",
  subjectId: "p_1",
  reason,
  before: null,
  after: { n: index },
  approvalId: null,
  traceId: null,
});

function chainOf(reasons: readonly string[]) {
  let chainHash = chainStart;
  return reasons.map((reason, index) => {
    const one = entry(index, reason);
    const position = BigInt(index + 1);
    const entryHash = hashAuditEntry(one);
    chainHash = nextChainHash(chainHash, position, entryHash);
    return { position, entryHash, chainHash, entry: one };
  });
}

const start = { position: 0n, chainHash: chainStart };
const reasons = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 12 });

test("a chain that nobody touched holds from end to end, in slices of any size", () => {
  fc.assert(
    fc.property(reasons, fc.nat(), (list, at) => {
      const links = chainOf(list);
      const middle = at % links.length;
      const first = walkChain(start, links.slice(0, middle));
      const { end, broken } = walkChain(first.end, links.slice(middle));
      expect([first.broken, broken, end.position]).toEqual([undefined, undefined, BigInt(links.length)]);
    }),
  );
});

test("whatever is changed, taken out or put in another place is found where it happened", () => {
  fc.assert(
    fc.property(reasons, fc.nat(), (list, at) => {
      const links = chainOf(list);
      const index = at % links.length;
      const position = BigInt(index + 1);
      const altered = links.map((link, i) =>
        i === index ? { ...link, entry: entry(i, `${link.entry.reason ?? ""}!`) } : link,
      );
      expect(walkChain(start, altered).broken).toEqual({ kind: "entry-changed", position });
      const rehashed = links.map((link, i) => {
        if (i !== index) return link;
        const other = entry(i, `${link.entry.reason ?? ""}!`);
        return { ...link, entry: other, entryHash: hashAuditEntry(other) };
      });
      expect(walkChain(start, rehashed).broken).toEqual({ kind: "link-changed", position });
      const gone = links.map((link, i) => (i === index ? { ...link, entry: undefined } : link));
      expect(walkChain(start, gone).broken).toEqual({ kind: "entry-missing", position });
      if (index < links.length - 1) {
        expect(walkChain(start, links.toSpliced(index, 1)).broken).toEqual({ kind: "gap", position });
      }
    }),
  );
});
