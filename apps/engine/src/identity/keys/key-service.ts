/**
 * The port to whatever keeps master keys: a file on one machine, a KMS or an HSM at scale. It wraps and unwraps small
 * keys; a master key never leaves it. `context` is bound to the wrapping: what was wrapped for one place does not unwrap
 * for another.
 */
import type { WrappedKey } from "@pitboss/db/identity/key-store";

export interface KeyService {
  currentKeyId(): Promise<string>;
  wrap(key: Uint8Array, context: string): Promise<WrappedKey>;
  /** Throws where the wrapping was made for another context, was changed, or its master key is gone. */
  unwrap(key: WrappedKey, context: string): Promise<Buffer>;
  /** Makes a new master key and uses it for what is wrapped from now on. Earlier ones still unwrap. */
  rotate(): Promise<string>;
  /** Forgets a master key for good. Only right once nothing is wrapped by it. */
  destroy(keyId: string): Promise<void>;
  listKeyIds(): Promise<readonly string[]>;
}
