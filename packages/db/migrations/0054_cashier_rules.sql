-- The cashier's own numbers change as other rules do: a new row, proposed by one person and approved by another.
DO $$
DECLARE
  family text;
BEGIN
  FOREACH family IN ARRAY ARRAY['deposit_rules', 'payout_policies', 'payout_jurisdictions', 'chargeback_rules', 'crypto_policies'] LOOP
    -- Null on those that the house began with.
    EXECUTE format('ALTER TABLE %I ADD COLUMN approval_id bigint REFERENCES approvals', family);
    EXECUTE format('CREATE TRIGGER guard_rules BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION guard_rules(''cashier.rule'')', family);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', family);
  END LOOP;
END $$;

ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES ('cashier.rule', NULL, 0, 1, 168);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;
