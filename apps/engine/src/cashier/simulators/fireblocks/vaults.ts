/** The accounts of a simulated custodian: addresses and balances by asset, in the finest unit that any chain here has. */
import type { Journal } from "../journal.ts";
import type { SimulatedTransaction } from "./chain.ts";

export interface Vault {
  readonly id: string;
  readonly name: string;
  readonly customerRefId: string | null;
  readonly madeBy: string;
  readonly addresses: Readonly<Record<string, string>>;
  /** 18 decimals, as text. */
  readonly total: Readonly<Record<string, string>>;
  readonly locked: Readonly<Record<string, string>>;
  readonly settled: readonly string[];
}

export interface Vaults {
  all(): readonly Vault[];
  open(name: string, customerRefId: string | null, idempotencyKey: string): Vault;
  /** Undefined where the account has it already, or there is no such account. */
  addAsset(id: string, asset: string, address: (asset: string) => string): string | undefined;
  addressOf(id: string, asset: string): string | undefined;
  ownerOf(asset: string, address: string): string | undefined;
  balance(id: string, asset: string): { total: string; available: string; pending: string; frozen: string };
  fill(id: string, asset: string, total: string): void;
  /** False where it does not hold that much. */
  lock(id: string, asset: string, amount: string): boolean;
  /** What arrived counts, what left is gone, and what failed is there again; once for each. */
  settle(transaction: SimulatedTransaction): void;
}

const first: Readonly<Record<string, string>> = { BTC: "25", ETH: "400", USDT_ERC20: "2000000" };

export function createVaults(journal: Journal<Vault>, hotVault: string): Vaults {
  const empty = { addresses: {}, total: {}, locked: {}, settled: [] };
  if (journal.byId(hotVault) === undefined) {
    const total = Object.fromEntries(Object.entries(first).map(([asset, amount]) => [asset, read(amount).toString()]));
    journal.add({ id: hotVault, name: "hot", customerRefId: null, madeBy: "", ...empty, total });
  }
  const held = (vault: Vault | undefined, which: "total" | "locked", asset: string): bigint =>
    BigInt(vault?.[which][asset] ?? "0");

  function move(vault: Vault, asset: string, by: { total?: bigint; locked?: bigint }, settles?: string): void {
    journal.change(vault, {
      total: { ...vault.total, [asset]: (held(vault, "total", asset) + (by.total ?? 0n)).toString() },
      locked: { ...vault.locked, [asset]: (held(vault, "locked", asset) + (by.locked ?? 0n)).toString() },
      ...(settles === undefined ? {} : { settled: [...vault.settled, settles] }),
    });
  }

  return {
    all: () => journal.all(),
    open(name, customerRefId, madeBy) {
      const known = journal.find((vault) => vault.madeBy === madeBy);
      if (known !== undefined) return known;
      const vault: Vault = { id: String(journal.all().length), name, customerRefId, madeBy, ...empty };
      journal.add(vault);
      return vault;
    },
    addAsset(id, asset, make) {
      const vault = journal.byId(id);
      if (vault === undefined || vault.addresses[asset] !== undefined) return undefined;
      // A token lives at the address of its chain.
      const shared = asset === "BTC" ? undefined : (vault.addresses["ETH"] ?? vault.addresses["USDT_ERC20"]);
      const address = shared ?? make(asset);
      journal.change(vault, { addresses: { ...vault.addresses, [asset]: address } });
      return address;
    },
    addressOf: (id, asset) => journal.byId(id)?.addresses[asset],
    ownerOf: (asset, address) =>
      journal.find((vault) => vault.addresses[asset]?.toLowerCase() === address.toLowerCase())?.id,
    balance(id, asset) {
      const vault = journal.byId(id);
      const [total, locked] = [held(vault, "total", asset), held(vault, "locked", asset)];
      return { total: write(total), available: write(total - locked), pending: "0", frozen: "0" };
    },
    fill(id, asset, total) {
      const vault = journal.byId(id);
      if (vault !== undefined) journal.change(vault, { total: { ...vault.total, [asset]: read(total).toString() } });
    },
    lock(id, asset, amount) {
      const vault = journal.byId(id);
      if (vault === undefined || held(vault, "total", asset) - held(vault, "locked", asset) < read(amount))
        return false;
      move(vault, asset, { locked: read(amount) });
      return true;
    },
    settle({ id, vault: vaultId, assetId, amount, incoming, status }) {
      // What comes in is swept into the account that payouts leave from, as a custodian's automation does it.
      const vault = journal.byId(incoming ? hotVault : vaultId);
      if (vault === undefined || vault.settled.includes(id)) return;
      if (incoming) {
        if (status === "COMPLETED") move(vault, assetId, { total: read(amount) }, id);
      } else
        move(
          vault,
          assetId,
          { locked: -read(amount), ...(status === "COMPLETED" ? { total: -read(amount) } : {}) },
          id,
        );
    },
  };
}

const decimals = 18;

function read(text: string): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(decimals, "0").slice(0, decimals));
}

function write(units: bigint): string {
  const text = units.toString().padStart(decimals + 1, "0");
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`.replace(/\.?0+$/, "");
}
