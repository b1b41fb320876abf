/** Who sends and who receives a payout, made of the player's own data and kept sealed under the player's key. */
import { findAddressOfInstrument } from "@pitboss/db/cashier/crypto-address-store";
import { keepTravelMessage, type TravelMessage } from "@pitboss/db/cashier/payout-chain-store";
import type { PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { findPlayerKey } from "@pitboss/db/identity/key-store";
import { findPlayer } from "@pitboss/db/identity/player-directory";
import type { Executor } from "@pitboss/db/kernel/executor";
import { describeTravel } from "@pitboss/domain/cashier/travel-rule";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { openField, sealField } from "../../identity/keys/field-cipher.ts";
import type { PlayerVault } from "../../identity/keys/player-vault.ts";

export interface TravelVault {
  /** False where not all is known of the player that has to be told. */
  keep(db: Executor, payout: PayoutRecord): Promise<boolean>;
  /** Undefined once the player is erased. */
  open(db: Executor, message: TravelMessage, playerId: bigint): Promise<JsonObject | undefined>;
}

const placeOf = (payoutId: bigint): string => `travel_messages:sealed:${payoutId}`;

export function createTravelVault(players: PlayerVault, operator: string): TravelVault {
  return {
    async keep(db, payout) {
      const player = await findPlayer(db, payout.playerId);
      const address = await findAddressOfInstrument(db, payout.instrument.id);
      const opened = await players.open(db, payout.playerId);
      if (player === undefined || address === undefined || !opened.ok) return false;
      const { firstName, lastName, birthDate, address: home } = opened.value.data;
      if (firstName === undefined || lastName === undefined || birthDate === undefined || home === undefined)
        return false;
      const told = describeTravel({
        operator,
        player: {
          playerId: formatId("player", payout.playerId),
          firstName,
          lastName,
          birthDate,
          address: home,
          country: player.country,
        },
        address: address.address,
        provider: address.provider,
      });
      const key = await players.profileKey(db, payout.playerId);
      if (key === undefined) return false;
      await keepTravelMessage(db, {
        payoutId: payout.id,
        keyId: key.rowId,
        sealed: sealField(key.key, placeOf(payout.id), Buffer.from(JSON.stringify(told), "utf8")),
        counterparty: address.hosting === "HOSTED" ? address.provider : null,
      });
      return true;
    },
    async open(db, message, playerId) {
      const stored = await findPlayerKey(db, playerId, "PROFILE");
      if (stored === undefined || stored.id !== message.keyId) return undefined;
      const plain = openField(await players.keyOf(stored), placeOf(message.payoutId), message.sealed);
      return JSON.parse(plain.toString("utf8")) as JsonObject;
    },
  };
}
