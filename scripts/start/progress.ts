/** One line for each step of the start: what is being done, and how long it took. */

const heartbeatMs = 15_000;

export async function runStep<T>(title: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  const onTerminal = process.stdout.isTTY;
  if (onTerminal) process.stdout.write(`  … ${title}`);
  // On a terminal the line counts the seconds; in a file, a sign of life now and then is enough.
  const heartbeat = setInterval(
    () => {
      process.stdout.write(onTerminal ? `\r  … ${title} (${elapsed()})` : `  … ${title} (${elapsed()})\n`);
    },
    onTerminal ? 1000 : heartbeatMs,
  );
  const clear = () => {
    clearInterval(heartbeat);
    if (onTerminal) process.stdout.write("\r\u001B[K");
  };
  try {
    const result = await work();
    clear();
    process.stdout.write(`  ✓ ${title} (${elapsed()})\n`);
    return result;
  } catch (error) {
    clear();
    process.stdout.write(`  ✗ ${title} (${elapsed()})\n`);
    throw error;
  }
}
