/** A command as the door takes it: what the rules see, and what is stored beside it. */
import type { Command } from "@pitboss/domain/gaming/decide";
import type { Statement } from "../../kernel/session.ts";

export interface RoundName {
  /** The round in words: provider, player and reference. The book's key. */
  readonly key: string;
  readonly hash: bigint;
  readonly providerId: number;
  readonly ref: string;
}

export interface DeviceName {
  readonly id: bigint;
  readonly ip: string;
  readonly userAgent: string;
}

/** A write that belongs to the command: an audit row, an approval that is now applied. */
export interface AlongsideWrite {
  readonly statement: Statement;
  readonly values: readonly (string | number | null)[];
}

export interface Envelope<C extends Command = Command> {
  readonly command: C;
  readonly requestId: string | null;
  /** 32 hex digits (W3C trace id). */
  readonly traceId: string;
  readonly actor: string | null;
  readonly round?: RoundName;
  /** The selection as JSON text, kept byte for byte as evidence. */
  readonly selection?: string;
  readonly sessionId?: bigint;
  readonly deviceId?: bigint;
  /** Present where this engine has not seen the device lately; it is written with the batch. */
  readonly device?: DeviceName;
  /** Written in the same transaction where the command is accepted; if one fails, nothing of the command stands. */
  readonly alongside?: readonly AlongsideWrite[];
}
