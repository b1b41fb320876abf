/**
 * Reads that come one by one and go to the database many at once: one read is away at a time, and what is asked for
 * meanwhile goes with the next. So an idle system waits for nothing more, a busy one asks once for hundreds, and nobody is
 * told anything older than their question.
 */

interface Waiting<V> {
  readonly resolve: (value: V | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** `read` answers by `nameOf`; what it leaves out is not there. */
export function gatherReads<K, V>(
  nameOf: (key: K) => string,
  read: (keys: readonly K[]) => Promise<ReadonlyMap<string, V>>,
): (key: K) => Promise<V | undefined> {
  let next = new Map<string, { readonly key: K; readonly waiting: Waiting<V>[] }>();
  let away = false;

  async function run(): Promise<void> {
    away = true;
    while (next.size > 0) {
      const batch = next;
      next = new Map();
      try {
        const found = await read([...batch.values()].map(({ key }) => key));
        for (const [name, { waiting }] of batch) for (const { resolve } of waiting) resolve(found.get(name));
      } catch (error) {
        for (const { waiting } of batch.values()) for (const { reject } of waiting) reject(error);
      }
    }
    away = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      const name = nameOf(key);
      const entry = next.get(name);
      if (entry === undefined) next.set(name, { key, waiting: [{ resolve, reject }] });
      else entry.waiting.push({ resolve, reject });
      if (!away) void run();
    });
}
