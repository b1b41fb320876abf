/** What tests of money over chains have in common: players with addresses, what comes to them, and what is known of it. */
import { setKycLevel, setScreening } from "@pitboss/db/compliance/standing-store";
import { createDataVault } from "../../identity/keys/data-vault.ts";
import { openLocalKeyService } from "../../identity/keys/local-key-service.ts";
import { createPlayerVault } from "../../identity/keys/player-vault.ts";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { type Answer, numberOf } from "../../testing/start-casino.ts";
import type { Office } from "../../testing/start-office.ts";
import { patience } from "../payouts/payouts.fixture.ts";
import type { RunningPsps } from "../simulators/run-psps.fixture.ts";

export interface SentTransfer {
  readonly id: string;
  readonly txHash: string;
}

export interface ChainHouse {
  /** A player who is verified and screened, and whose own data are known. */
  openPlayer(): Promise<string>;
  address(playerId: string, asset: string, convertTo?: string): Promise<string>;
  /** Somebody outside sends to an address of ours. */
  send(address: string, assetId: string, amount: string, from?: string): Promise<SentTransfer>;
  deposits(playerId: string): Promise<Record<string, unknown>[]>;
  untilDeposit(playerId: string, status: string): Promise<Record<string, unknown>>;
  wallet(playerId: string, currency: string): Promise<{ available: string; held: string }>;
  bringWallet(playerId: string, asset: string, address: string, provider?: string): Promise<Answer>;
  /** At the custodian's own address, as `PUT /_simulator/…`. */
  simulate(method: string, path: string, body?: object): Promise<unknown>;
  /** Gives an address a past with the analyst. */
  givePast(address: string, alerts: readonly object[]): Promise<void>;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

export function createChainHouse(office: Office, psps: RunningPsps): ChainHouse {
  const { casino } = office;
  const call: ChainHouse["call"] = (method, path, body) =>
    casino.call(method, path, { token: casino.operatorKey, ...(body === undefined ? {} : { body }) });
  const deposits: ChainHouse["deposits"] = async (playerId) =>
    (await call("GET", `/v1/deposits?playerId=${playerId}`)).body["deposits"] as Record<string, unknown>[];
  const [custodian] = psps.file.custodians;
  const ask = async (base: string | undefined, method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`);
    return response.json();
  };
  const simulate: ChainHouse["simulate"] = (method, path, body) => ask(custodian?.url, method, path, body);
  return {
    call,
    deposits,
    simulate,
    async openPlayer() {
      const { playerId } = await casino.openPlayer();
      const number = numberOf(playerId);
      await setKycLevel(casino.db, number, 2);
      await setScreening(casino.db, number, "CLEAR", new Date());
      const keys = await openLocalKeyService({
        path: join(casino.dataDir, "keys", "master-keys.json"),
        production: false,
      });
      const players = createPlayerVault(keys, createDataVault(casino.db, keys));
      await casino.db.transaction((tx) =>
        players.store(tx, number, {
          firstName: "Ada",
          lastName: "Lovelace",
          birthDate: "1985-12-10",
          address: "12 St James's Square, London",
        }),
      );
      return playerId;
    },
    async address(playerId, asset, convertTo) {
      const answer = await call("POST", "/v1/deposits/addresses", {
        playerId,
        asset,
        ...(convertTo === undefined ? {} : { convertTo }),
      });
      expect(answer.body).toMatchObject({ asset });
      return String(answer.body["address"]);
    },
    send: async (address, assetId, amount, from) =>
      (await simulate("POST", "/_simulator/transfers", {
        address,
        assetId,
        amount,
        ...(from === undefined ? {} : { from }),
      })) as SentTransfer,
    untilDeposit: (playerId, status) =>
      vi.waitFor(async () => {
        const [newest] = await deposits(playerId);
        expect(newest?.["status"]).toBe(status);
        return newest as Record<string, unknown>;
      }, patience),
    async wallet(playerId, currency) {
      const { body } = await call("GET", `/v1/wallet?playerId=${playerId}`);
      const wallets = body["wallets"] as { kind: string; currency: string; available: string; held: string }[];
      const cash = wallets.find((one) => one.kind === "CASH" && one.currency === currency);
      return { available: cash?.available ?? "none", held: cash?.held ?? "none" };
    },
    bringWallet: (playerId, asset, address, provider) =>
      call("POST", "/v1/instruments/wallets", {
        playerId,
        asset,
        address,
        ...(provider === undefined ? { hosting: "self" } : { hosting: "provider", provider }),
      }),
    async givePast(address, alerts) {
      await ask(psps.file.kyt?.url, "PUT", `/_simulator/addresses/${address}`, alerts);
    },
  };
}
