import type { PlayerRecord } from "@pitboss/db/identity/player-directory";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";

export interface PlayerRow {
  readonly playerId: string;
  readonly nickname: string;
  readonly status: PlayerStatus;
  readonly country: string;
  readonly brand: string;
  readonly createdAt: string;
  readonly tags: readonly string[];
  readonly emailVerified: boolean;
  readonly erased: boolean;
}

export function presentPlayer(record: PlayerRecord): PlayerRow {
  return {
    playerId: formatId("player", record.id),
    nickname: record.nickname,
    status: record.status,
    country: record.country,
    brand: record.brand,
    createdAt: record.createdAt.toISOString(),
    tags: record.tags,
    emailVerified: record.emailVerifiedAt !== null,
    erased: record.erasedAt !== null,
  };
}

/** Devices are numbered by a hash; people see it as 16 hex digits. */
export function formatDeviceId(id: bigint): string {
  return `dev_${BigInt.asUintN(64, id).toString(16).padStart(16, "0")}`;
}

export function parseDeviceId(text: string): bigint | undefined {
  return /^dev_[0-9a-f]{16}$/.test(text) ? BigInt.asIntN(64, BigInt(`0x${text.slice(4)}`)) : undefined;
}
