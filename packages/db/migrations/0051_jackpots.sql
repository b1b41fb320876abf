-- What bets and wins moved in jackpots' pools, so that it goes back with them.

-- Of the house's result, in the bet's currency; it says nothing of how the stake was funded.
ALTER TABLE bets
  ADD COLUMN jackpot text CHECK (jackpot <> ''),
  ADD COLUMN jackpot_part bigint CHECK (jackpot_part > 0),
  ADD CONSTRAINT jackpot_has_part CHECK ((jackpot IS NULL) = (jackpot_part IS NULL));

-- Few bets win a jackpot, so that these rows are read by themselves, and only for what is taken back.
CREATE TABLE jackpot_payments (
  transaction_id bigint PRIMARY KEY,
  -- The request of the win that brought it, or of what took it back.
  request_key uuid NOT NULL,
  player_id bigint NOT NULL,
  -- Null where no bet stands behind the win.
  bet_id bigint,
  -- Paid to the player; below zero, taken back.
  amount bigint NOT NULL CHECK (amount <> 0),
  currency smallint NOT NULL,
  jackpot text NOT NULL CHECK (jackpot <> '')
);
CREATE INDEX jackpot_payments_request ON jackpot_payments (request_key);
CREATE INDEX jackpot_payments_bet ON jackpot_payments (bet_id) WHERE bet_id IS NOT NULL;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON jackpot_payments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON jackpot_payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON jackpot_payments TO pitboss_app;
