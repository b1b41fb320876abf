import { cidr, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const roleNetworks = pgTable(
  "role_networks",
  {
    role: text("role").notNull(),
    network: cidr("network").notNull(),
  },
  (table) => [primaryKey({ columns: [table.role, table.network] })],
);
