import pg from "pg";

type Row = readonly [kind: string, subject: string, version: number, from: string, base: string, ppm: number];

/** As if they had been approved: what approving them takes is tested with the procedures. */
export async function setCharges(
  url: string,
  rows: readonly Row[],
  minimum?: { amount: bigint; currency: string },
): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query("ALTER TABLE report_charges DISABLE TRIGGER guard_rules");
    for (const row of rows) {
      await owner.query(
        `INSERT INTO report_charges (kind, subject, version, effective_from, base, rate_ppm, minimum, currency)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [...row, minimum?.amount ?? null, minimum?.currency ?? null],
      );
    }
    await owner.query("ALTER TABLE report_charges ENABLE TRIGGER guard_rules");
  } finally {
    await owner.end();
  }
}
