/**
 * The house's bank of the demo, as a program of its own. The first start makes the keys of both sides and writes the file
 * that the engine reads; what it can do stands in cashier/simulators/README.md.
 */
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bankFile, type BankSettings } from "./cashier/bank/bank-settings.ts";
import { payerIbanOf } from "./cashier/simulators/bank/payment-services.ts";
import { startSimulatedBank } from "./cashier/simulators/bank/simulated-bank.ts";
import { readHouseBankConfig } from "./config.ts";

const config = readHouseBankConfig();
const file = config.BANKS_FILE ?? join(config.PITBOSS_DATA_DIR, "banks.json");
const keyFile = join(config.PITBOSS_DATA_DIR, "simulators", "bank-key.json");

interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

function makeKeys(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return { privateKey, publicKey };
}

/** What the bank knows: its own key, and the public half of the house's. */
interface BankKeys {
  readonly own: KeyPair;
  readonly house: string;
}

const known = existsSync(file) ? bankFile.parse(JSON.parse(readFileSync(file, "utf8"))).banks[0] : undefined;
const house = makeKeys();
const keys: BankKeys =
  known !== undefined && existsSync(keyFile)
    ? (JSON.parse(readFileSync(keyFile, "utf8")) as BankKeys)
    : { own: makeKeys(), house: house.publicKey };
const account: BankSettings["account"] = {
  iban: "MT84MALT011000012345MTLCAST001S",
  bic: "MALTMTMT",
  holder: "Pitboss Demo Casino",
  currency: "EUR",
};
const settings: Omit<BankSettings, "url"> = known ?? {
  code: "bank",
  name: "House bank (simulated)",
  account,
  keyId: "house-1",
  privateKey: house.privateKey,
  bankKeys: [{ keyId: "bank-1", publicKey: keys.own.publicKey }],
  batchSeconds: config.BANK_BATCH_SECONDS,
  settlements: ["stripe", "adyen", "checkout"].map((psp) => ({ psp, iban: payerIbanOf(psp) })),
};
const bank = await startSimulatedBank({
  port: config.BANK_SIMULATOR_PORT,
  journal: join(config.PITBOSS_DATA_DIR, "simulators", "bank.jsonl"),
  webhookUrl: `${config.ENGINE_URL}/v1/webhooks/${settings.code}`,
  iban: settings.account.iban,
  currency: settings.account.currency,
  bookMs: config.BANK_BOOK_MS,
  houseKeyId: settings.keyId,
  houseKey: keys.house,
  keyId: settings.bankKeys[0]?.keyId ?? "bank-1",
  privateKey: keys.own.privateKey,
  faults: config.BANK_FAULTS === "none" ? {} : { webhookDelayMs: 150, repeat: 0.05, reorder: 0.05, lostAnswer: 0.02 },
});
// The engine may read at any moment; it must never see half a file.
function keep(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.unfinished`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.unfinished`, path);
}
keep(keyFile, keys);
keep(file, { banks: [{ ...settings, url: bank.url }] });
process.stdout.write(`${settings.name} answers at ${bank.url}\n`);
process.send?.({ ready: true, url: bank.url });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void bank.stop().finally(() => process.exit(0)));
}
