/**
 * A consumer that has come to the end still looks at its stored position this often, ms. Its commits don't wait for the
 * disk, so a crash of PostgreSQL may take the last ones back, effects and position together; what this process remembers
 * is then ahead of what was applied, and without a new event nothing else would tell it so.
 */
export const lookAgainMs = 2_000;
