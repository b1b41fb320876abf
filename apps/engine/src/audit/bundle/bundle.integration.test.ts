import { spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAudit } from "@pitboss/db/audit/write-audit";
import { bundleFiles } from "@pitboss/domain/audit/audit-bundle";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { create, extract } from "tar";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { failureOf, type Office, startOffice } from "../../testing/start-office.ts";
import { auditEntryOf, jobActing } from "../acting.ts";

const verifier = fileURLToPath(new URL("../../../../../docs/verify/verify-audit.mjs", import.meta.url));
const names = ["manifest.json", "manifest.sig", ...bundleFiles];

let office: Office;
let workshop: string;
/** The bundle as it came, unpacked, and the house's published keys. */
let whole: string;
let keys: string;
let header: Record<string, unknown>;

beforeAll(async () => {
  office = await startOffice();
  workshop = mkdtempSync(join(tmpdir(), "pitboss-bundle-"));
  const auditor = await office.signIn(office.people.auditor);
  const acting = { ...jobActing("test"), actorKind: "player" as const, ip: "203.0.113.77", userAgent: "a phone" };
  await writeAudit(office.casino.db, [
    auditEntryOf(acting, {
      action: "test.masked",
      subject: { kind: "player", id: "p_1" },
      reason: "ada@example.com asked",
    }),
    ...Array.from({ length: 40 }, (_, number) =>
      auditEntryOf(jobActing("test"), { action: "=test.formula", subject: { kind: "test", id: `${number}` } }),
    ),
  ]);
  // The log's clock counts microseconds: an entry of this millisecond may lie after its beginning.
  const to = new Date(Date.now() + 1).toISOString();
  const from = new Date(Date.parse(to) - 3_600_000).toISOString();
  const reason = "The regulator asked, ticket 4711";
  const { exportId } = await auditor.api.audit.bundle.mutate({ from, to, zone: "Europe/Malta", reason });
  const job = async () => (await auditor.api.export.list.query({})).rows.find((row) => row.exportId === exportId);
  await vi.waitUntil(async () => (await job())?.status === "DONE", { timeout: 20_000, interval: 100 });
  const response = await fetch(`${office.casino.url()}/staff/exports/${exportId}`, {
    headers: { authorization: `Bearer ${auditor.token}` },
  });
  expect(response.headers.get("content-type")).toBe("application/gzip");
  const archive = join(workshop, "whole.tar.gz");
  writeFileSync(archive, Buffer.from(await response.arrayBuffer()));
  whole = join(workshop, "whole");
  mkdirSync(whole);
  await extract({ file: archive, cwd: whole });
  keys = join(workshop, "jwks.json");
  writeFileSync(keys, await (await fetch(`${office.casino.url()}/.well-known/audit-jwks.json`)).text());
  header = JSON.parse(readFileSync(join(whole, "bundle.json"), "utf8")) as Record<string, unknown>;
});
afterAll(async () => {
  rmSync(workshop, { recursive: true });
  await office.close();
});

function run(...words: readonly string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [verifier, ...words], { encoding: "utf8" });
  return { code: status, said: stdout + stderr };
}

/** A copy of the bundle, bent by `how`, packed again; what the verifier says of it. */
async function bend(
  how: (folder: string) => void | readonly string[],
  { key = true }: { readonly key?: boolean } = {},
): Promise<{ code: number | null; said: string }> {
  const folder = mkdtempSync(join(workshop, "bent-"));
  cpSync(whole, folder, { recursive: true });
  const order = how(folder) ?? names;
  const archive = `${folder}.tar.gz`;
  await create({ file: archive, cwd: folder, gzip: true, portable: true }, [...order]);
  return run(archive, ...(key ? ["--key", keys] : []));
}

function edit(folder: string, name: string, change: (text: string) => string): void {
  const path = join(folder, name);
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(path, changed);
}

const editLine = (folder: string, name: string, line: number, change: (text: string) => string): void =>
  edit(folder, name, (text) =>
    text
      .split("\n")
      .map((one, at) => (at === line ? change(one) : one))
      .join("\n"),
  );

/** What somebody does who has everything but the house's key: all hashes made to fit, and signed by a key of their own. */
function resign(folder: string, forger: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }): void {
  const jwk = { ...forger.publicKey.export({ format: "jwk" }), kid: "forged" };
  writeFileSync(join(folder, "keys.json"), JSON.stringify({ keys: [jwk] }));
  const files = bundleFiles.map((name) => {
    const bytes = readFileSync(join(folder, name));
    return { name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  const manifest = { format: "pitboss-audit-bundle-1", files, kid: "forged", signedAt: new Date().toISOString() };
  const text = `${canonicalJson(manifest)}\n`;
  writeFileSync(join(folder, "manifest.json"), text);
  const signature = sign(null, Buffer.from(`pitboss-audit-manifest-1\n${text}`), forger.privateKey);
  writeFileSync(join(folder, "manifest.sig"), `${signature.toString("base64url")}\n`);
}

/** The forger signs the checkpoints anew as well. */
function resignCheckpoints(folder: string, { privateKey }: { readonly privateKey: KeyObject }): void {
  edit(folder, "checkpoints.ndjson", (text) =>
    text
      .trim()
      .split("\n")
      .map((line) => {
        const one = { ...(JSON.parse(line) as Record<string, string>), kid: "forged" } as Record<string, string>;
        const signed = `pitboss-audit-checkpoint-1\n${one["number"]}\n${one["position"]}\n${one["chainHash"]}\n${one["sealedAt"]}\nforged\n`;
        const signature = sign(null, Buffer.from(signed), privateKey).toString("base64url");
        return `${canonicalJson({ ...one, signature })}\n`;
      })
      .join(""),
  );
}

describe("a bundle", () => {
  test("holds, by the house's published key, and says what it is, who asked for it and why", async () => {
    const checked = await bend(() => undefined);
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.said).toContain("the key that was given");
    expect(checked.said).toMatch(/valid\n$/);
    expect(header).toMatchObject({
      operator: "Pitboss demo casino",
      timeZone: "Europe/Malta",
      reason: "The regulator asked, ticket 4711",
      requestedBy: { staffId: office.people.auditor.id, name: "auditor", roles: ["auditor"] },
      from: { local: expect.stringMatching(/\+0[12]:00$/) as string },
      masked: 1,
    });
    expect(readdirSync(whole).toSorted()).toEqual(names.toSorted());
  });

  test("masks what tells who a player is, and leaves the spreadsheet no formula", () => {
    const lines = readFileSync(join(whole, "entries.ndjson"), "utf8").trim().split("\n");
    const masked = lines.map((line) => JSON.parse(line) as JsonObject).filter((line) => line["masked"] !== undefined);
    expect(masked).toMatchObject([
      { masked: ["ip", "userAgent", "reason"], entry: { ip: "203.0.113.…", userAgent: "…", reason: "… asked" } },
    ]);
    const table = readFileSync(join(whole, "entries.csv"), "utf8");
    expect(table.split("\r\n")[0]).toContain("at (UTC),at (Europe/Malta)");
    expect(table).toContain(",'=test.formula,");
    expect(table).not.toContain("ada@example.com");
    expect(table).not.toContain("203.0.113.77");
    expect(table.trim().split("\r\n")).toHaveLength(1 + Number(header["entries"]));
  });

  test("is recorded when it is asked for and when it is made", async () => {
    const { api } = await office.signIn(office.people.compliance);
    const asked = (await api.audit.list.query({ action: "audit.bundle" })).rows;
    expect(asked).toMatchObject([{ actor: { name: "auditor" }, reason: "The regulator asked, ticket 4711" }]);
    const made = (await api.audit.list.query({ action: "audit.bundle-made" })).rows;
    const manifest = createHash("sha256")
      .update(readFileSync(join(whole, "manifest.json")))
      .digest("hex");
    expect(made).toMatchObject([{ actor: { kind: "job" }, after: { manifest } }]);
  });

  test("of a time that is not over, or of no time zone, is refused", async () => {
    const { api } = await office.signIn(office.people.auditor);
    const reason = "The regulator asked";
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const early = api.audit.bundle.mutate({ from: "2026-01-01", to: tomorrow, zone: "UTC", reason });
    expect(await failureOf(early)).toMatchObject({ code: "REQUEST_INVALID" });
    const nowhere = api.audit.bundle.mutate({ from: "2026-01-01", to: "2026-01-02", zone: "Nowhere", reason });
    expect(await failureOf(nowhere)).toMatchObject({ code: "REQUEST_INVALID" });
  });
});

describe("a bundle that somebody bent", () => {
  test.each(bundleFiles)("is refused for one other byte in %s", async (name) => {
    const { code, said } = await bend((folder) => edit(folder, name, (text) => text.replace(/[a-z]/, "#")));
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`not valid: files: "${name}" is not the file that the manifest names`));
  });

  test.each([
    ["another size in the manifest", /"size":(\d+)/, '"size":1$1', "signature"],
    ["another field in the manifest", /^\{/, '{"a":1,', "manifest"],
    ["white space in the manifest", /,/, ", ", "manifest"],
  ])("is refused for %s", async (_what, pattern, by, step) => {
    const { code, said } = await bend((folder) => edit(folder, "manifest.json", (text) => text.replace(pattern, by)));
    expect([code, said]).toEqual([1, expect.stringContaining(`not valid: ${step}:`)]);
  });

  test("is refused for another signature", async () => {
    const bent = (text: string): string => (text.startsWith("A") ? `B${text.slice(1)}` : `A${text.slice(1)}`);
    const { code, said } = await bend((folder) => edit(folder, "manifest.sig", bent));
    expect([code, said]).toEqual([1, expect.stringContaining("not valid: signature:")]);
  });

  test.each([
    ["a file is missing", names.filter((name) => name !== "entries.csv")],
    ["a file is there twice", [...names, "README.txt"]],
    ["files change places", [...names.slice(0, 2), ...bundleFiles.toReversed()]],
  ])("is refused where %s", async (_what, order) => {
    const { code, said } = await bend(() => order);
    expect([code, said]).toEqual([1, expect.stringContaining("not valid: form:")]);
  });

  test("is refused where it is cut off, or is no archive", async () => {
    const bytes = readFileSync(join(workshop, "whole.tar.gz"));
    const cut = join(workshop, "cut.bundle");
    writeFileSync(cut, bytes.subarray(0, bytes.length - 200));
    expect(run(cut, "--key", keys)).toMatchObject({ code: 1, said: expect.stringContaining("form") as string });
    writeFileSync(cut, "no archive");
    expect(run(cut, "--key", keys)).toMatchObject({ code: 1, said: expect.stringContaining("form") as string });
    expect(run(join(workshop, "nothing")).code).toBe(2);
    expect(run().code).toBe(2);
  });
});

describe("a bundle that somebody made anew with a key of their own", () => {
  const forger = generateKeyPairSync("ed25519");

  test("is refused by the house's published key, whatever is in it", async () => {
    const { code, said } = await bend((folder) => {
      resignCheckpoints(folder, forger);
      resign(folder, forger);
    });
    expect([code, said]).toEqual([1, expect.stringContaining('not valid: key: there is no key "forged"')]);
  });

  const cases: readonly [string, (folder: string) => void, RegExp][] = [
    [
      "an entry changed",
      (folder) => editLine(folder, "entries.ndjson", 20, (line) => line.replace('"channel":"', '"channel":"x')),
      /chain: entries\.ndjson line 21, position \d+: the entry au_\w+ is not as it was sealed/,
    ],
    [
      "an entry's hash changed with it",
      (folder) =>
        editLine(folder, "entries.ndjson", 20, (line) =>
          line.replace(/"entryHash":"[0-9a-f]{8}/, '"entryHash":"00000000'),
        ),
      /chain: entries\.ndjson line 21, position \d+: the entry au_\w+ is not as it was sealed/,
    ],
    [
      "a link changed",
      (folder) =>
        editLine(folder, "entries.ndjson", 20, (line) =>
          line.replace(/"chainHash":"[0-9a-f]{8}/, '"chainHash":"00000000'),
        ),
      /chain: entries\.ndjson line 21, position \d+: the chain does not follow/,
    ],
    [
      "an entry left out",
      (folder) =>
        edit(folder, "entries.ndjson", (text) =>
          text
            .split("\n")
            .filter((_, at) => at !== 20)
            .join("\n"),
        ),
      /chain: entries\.ndjson line 21: position \d+ is missing/,
    ],
    [
      "the end left out",
      (folder) => edit(folder, "entries.ndjson", (text) => `${text.trim().split("\n").slice(0, -1).join("\n")}\n`),
      /chain: it ends with position \d+/,
    ],
    [
      "the beginning moved",
      (folder) =>
        edit(folder, "bundle.json", (text) => text.replace(/"hashBefore": "[0-9a-f]{8}/, '"hashBefore": "12345678')),
      /(chain: entries\.ndjson line 1, position \d+: the chain does not follow|header: the chain's first link)/,
    ],
    [
      "other counts in the header",
      (folder) => edit(folder, "bundle.json", (text) => text.replace(/"entries": (\d+)/, '"entries": 1$1')),
      /header: it says \d+ entries/,
    ],
    [
      "the last checkpoint left out",
      (folder) =>
        edit(folder, "checkpoints.ndjson", (text) =>
          text
            .trim()
            .split("\n")
            .slice(0, -1)
            .map((line) => `${line}\n`)
            .join(""),
        ),
      /checkpoints: no checkpoint signs the end of the chain/,
    ],
  ];
  test.each(cases)(
    "and has %s, is refused at the place where it is broken, even by its own keys",
    async (_what, change, where) => {
      const { code, said } = await bend(
        (folder) => {
          change(folder);
          if (readFileSync(join(folder, "checkpoints.ndjson"), "utf8") !== "") resignCheckpoints(folder, forger);
          resign(folder, forger);
        },
        { key: false },
      );
      expect([code, said]).toEqual([1, expect.stringMatching(where)]);
    },
  );

  test("and has a checkpoint that the key did not sign, is refused there", async () => {
    const { code, said } = await bend((folder) => resign(folder, forger), { key: false });
    expect([code, said]).toEqual([1, expect.stringContaining("not valid: key:")]);
  });

  test("and has its whole chain made anew, is refused by a checkpoint of the house", async () => {
    const { code, said } = await bend(
      (folder) => {
        edit(folder, "entries.ndjson", rechain);
        const jwks = JSON.parse(readFileSync(keys, "utf8")) as { keys: object[] };
        resign(folder, forger);
        // With the house's keys beside its own, the forger's bundle gets as far as the first checkpoint.
        const mixed = { keys: [...jwks.keys, { ...forger.publicKey.export({ format: "jwk" }), kid: "forged" }] };
        writeFileSync(join(folder, "keys.json"), JSON.stringify(mixed));
        resignManifest(folder, forger.privateKey);
      },
      { key: false },
    );
    expect([code, said]).toEqual([1, expect.stringMatching(/checkpoints: .*signs another chain hash/)]);
  });

  /** Another actor in one entry, and every hash after it made to fit. */
  function rechain(text: string): string {
    let chainHash = (header["chain"] as { hashBefore: string }).hashBefore;
    return text
      .trim()
      .split("\n")
      .map((one, at) => {
        const line = JSON.parse(one) as { position: string; entryHash: string; entry?: JsonObject; masked?: unknown };
        const entry = at === 5 && line.entry !== undefined ? { ...line.entry, actorId: "st_zzz" } : line.entry;
        const entryHash =
          entry === undefined || line.masked !== undefined
            ? line.entryHash
            : sha256(`pitboss-audit-entry-1\n${canonicalJson(entry)}`);
        chainHash = sha256(`pitboss-audit-chain-1\n${chainHash}\n${line.position}\n${entryHash}`);
        return `${JSON.stringify({ ...line, ...(entry === undefined ? {} : { entry }), entryHash, chainHash })}\n`;
      })
      .join("");
  }

  function resignManifest(folder: string, privateKey: KeyObject): void {
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
      files: { name: string; size: number; sha256: string }[];
    };
    for (const file of manifest.files) {
      const bytes = readFileSync(join(folder, file.name));
      Object.assign(file, { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    }
    const text = `${canonicalJson(manifest)}\n`;
    writeFileSync(join(folder, "manifest.json"), text);
    const signature = sign(null, Buffer.from(`pitboss-audit-manifest-1\n${text}`), privateKey);
    writeFileSync(join(folder, "manifest.sig"), `${signature.toString("base64url")}\n`);
  }
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
