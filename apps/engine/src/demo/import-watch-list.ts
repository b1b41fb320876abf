/**
 * A list of its own for the demo, so that there is something to decide. Everybody on it is invented, as the demo's players
 * are; two of them have the names of such players.
 */
import { createHash } from "node:crypto";
import { insertListVersion } from "@pitboss/db/compliance/screening-list-store";
import { startRun } from "@pitboss/db/compliance/screening-run-store";
import { diffEntries } from "@pitboss/domain/compliance/screening/diff-entries";
import { assert, ok } from "@pitboss/domain/kernel/result";
import { jobActing } from "../audit/acting.ts";
import { withAudit } from "../audit/with-audit.ts";
import { parseHouseList } from "../compliance/screening/lists/parse-house.ts";
import type { StaffDeps } from "../identity/staff-deps.ts";

const name = "demo-watch-list.csv";
const list = `ref,name,surname,aliases,births,countries,gender,programs,remarks
demo-1,Ada Borg,Borg,Adele Borg,1960-01-01,MT,F,DEMO,Invented for the demo: has a player's name and birth date.
demo-2,Дмитрий Мюллер,Мюллер,Dmitriy MULLER,1993,RU,M,DEMO,Invented for the demo: a player's name in Cyrillic letters.
demo-3,Viktor Semyonovich Ostrogin,Ostrogin,Виктор Острогин|Victor OSTROGHIN,1958-11-09,RU,M,DEMO,Invented for the demo.
demo-4,Reza Golshani,Golshani,رضا گلشنی,1961-03-04,IR,M,DEMO,Invented for the demo.
demo-5,Zhao Mingde,Zhao,赵明德,1966,CN,M,DEMO,Invented for the demo.
demo-6,Nikolaos Mavrellis,Mavrellis,Νικόλαος Μαυρέλλης,1949-05-11,GR,M,DEMO,Invented for the demo.
`;

/** The run over all players that begins with it is the engine's to do. */
export async function importWatchList(deps: Pick<StaffDeps, "db" | "objects">): Promise<void> {
  const bytes = Buffer.from(list);
  const parsed = parseHouseList("HOUSE", [{ name, bytes }]);
  assert(parsed.ok, "the demo's list can be read");
  const { entries, publishedOn } = parsed.value;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const reason = "A list to try screening with; everybody on it is invented.";
  const by = "job:demo-seed";
  await deps.objects.put(`screening/files/${sha256}`, bytes, "text/csv");
  const imported = await withAudit(deps.db, jobActing("demo-seed"), async (tx, note) => {
    await insertListVersion(
      tx,
      {
        source: "HOUSE",
        checksum: createHash("sha256").update(sha256).digest("hex"),
        files: [{ name, sha256, bytes: bytes.length }],
        publishedOn,
        entries: entries.length,
        persons: entries.length,
        by,
        reason,
      },
      diffEntries(new Map(), entries),
    );
    await startRun(tx, "LIST", by);
    const subject = { kind: "screening", id: "HOUSE" };
    note({ action: "screening.import", subject, reason, after: { entries: entries.length } });
    return ok(true);
  });
  assert(imported.ok, "a house without lists takes its first one");
}
