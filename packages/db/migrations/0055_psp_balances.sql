-- What each payment provider last said that it owes the house, and what the ledger said at that moment: both move all the
-- time, and compare only as of one instant. Minor units.
CREATE TABLE psp_balances (
  psp text NOT NULL,
  currency smallint NOT NULL,
  available bigint NOT NULL,
  pending bigint NOT NULL,
  -- Null where the provider doesn't tell it.
  reserved bigint,
  ledger bigint NOT NULL,
  ledger_reserved bigint NOT NULL,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (psp, currency)
);
CREATE TRIGGER no_delete BEFORE DELETE ON psp_balances FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON psp_balances FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE ON psp_balances TO pitboss_app;
