/** Where whole objects lie: raw events, seals, and what later streets keep. Adapters: files, and S3. */
export interface ObjectStore {
  /** Writes the object whole or not at all; one of the same name is replaced. Names are paths with `/`. */
  readonly put: (name: string, bytes: Uint8Array, contentType: string) => Promise<void>;
  /** Undefined where there is none. */
  readonly get: (name: string) => Promise<Uint8Array | undefined>;
  /** Names that begin with the prefix, in order. */
  readonly list: (prefix: string) => Promise<string[]>;
}
