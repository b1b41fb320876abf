-- What money depends on in a provider's policy changes under four eyes.
ALTER TABLE provider_policies ADD COLUMN approval_id bigint REFERENCES approvals;

-- The first version comes with the provider, before it can call. Jobs of the house have no second person, and act for nobody.
CREATE FUNCTION guard_provider_policy() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  old jsonb;
  field text;
BEGIN
  SELECT policy INTO old FROM provider_policies
   WHERE provider_id = NEW.provider_id AND version = NEW.version - 1;
  IF old IS NULL OR NEW.actor LIKE 'job:%' THEN RETURN NEW; END IF;
  FOREACH field IN ARRAY ARRAY['settledRollback', 'currencies', 'betMax', 'gameBank'] LOOP
    -- A field that an older version does not have is as a missing game bank is.
    IF coalesce(old -> field, 'null') <> coalesce(NEW.policy -> field, 'null') AND NOT EXISTS (
      SELECT FROM approvals WHERE id = NEW.approval_id AND kind = 'provider.policy' AND status IN ('APPROVED', 'APPLIED')
    ) THEN
      RAISE EXCEPTION '% of a provider changes under four eyes', field USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_provider_policy BEFORE INSERT ON provider_policies
  FOR EACH ROW EXECUTE FUNCTION guard_provider_policy();

ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES ('provider.policy', NULL, 0, 1, 168);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;
