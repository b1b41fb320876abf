/** The health check of the engine's container: `node check-health.ts <url>` ends with 0 when the engine takes requests. */
const response = await fetch(process.argv[2] ?? "http://127.0.0.1:4000/readyz", { signal: AbortSignal.timeout(4000) });
process.exitCode = response.ok ? 0 : 1;
