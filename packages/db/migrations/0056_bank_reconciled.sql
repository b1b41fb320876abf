-- Bank transfers in the reconciliation: what they explain of the bank's statements, and payouts of which a part arrived.

CREATE OR REPLACE VIEW bank_explained AS
  SELECT e.statement_id, e.number FROM bank_entries e WHERE e.report_id IS NOT NULL
  UNION ALL
  -- What came in: a deposit, or what waits for people, was sent back, or was a payout that came back.
  SELECT e.statement_id, e.number
    FROM bank_entries e JOIN bank_statements s ON s.id = e.statement_id
    JOIN bank_credits c ON c.entry_reference = e.bank_reference AND c.currency = s.currency AND c.amount = e.amount
   WHERE c.state <> 'SETTLEMENT'
  UNION ALL
  SELECT e.statement_id, e.number
    FROM bank_entries e JOIN bank_statements s ON s.id = e.statement_id
    JOIN payouts p ON public_id('pay', p.id) = e.end_to_end_id AND p.currency = s.currency
   WHERE e.amount < 0 AND p.method = 'BANK_TRANSFER' AND p.settle_id IS NOT NULL AND coalesce(p.paid, p.amount) = -e.amount
  UNION ALL
  SELECT e.statement_id, e.number
    FROM bank_entries e JOIN bank_statements s ON s.id = e.statement_id
    JOIN bank_credits c ON public_id('bcr', c.id) = e.end_to_end_id AND c.currency = s.currency AND c.amount = -e.amount
   WHERE e.amount < 0 AND c.state = 'RETURNED';

CREATE OR REPLACE VIEW cashier_ledger AS
  SELECT d.psp, 'PAYMENT' AS kind, d.psp_reference AS reference, 'dep' AS subject_kind, d.id AS subject, d.currency,
         d.credited AS amount, d.psp_fee AS fee, d.transaction_id
    FROM deposits d WHERE d.transaction_id IS NOT NULL
  UNION ALL
  SELECT p.psp, 'PAYOUT', p.psp_reference, 'pay', p.id, p.currency, -coalesce(p.paid, p.amount), 0, p.settle_id
    FROM payouts p WHERE p.settle_id IS NOT NULL
  UNION ALL
  SELECT p.psp, 'PAYOUT_RETURN', p.psp_reference, 'pay', p.id, p.currency, coalesce(p.paid, p.amount), 0, p.release_id
    FROM payouts p WHERE p.settle_id IS NOT NULL AND p.release_id IS NOT NULL
  UNION ALL
  SELECT c.psp, 'CHARGEBACK', c.psp_reference, 'cb', c.id, c.currency, -c.amount, 0, c.transaction_id FROM chargebacks c
  UNION ALL
  SELECT c.psp, 'CHARGEBACK_REVERSAL', c.psp_reference, 'cb', c.id, c.currency, c.amount, 0, c.reversal_id
    FROM chargebacks c WHERE c.reversal_id IS NOT NULL
  UNION ALL
  SELECT a.psp, 'PAYOUT', a.psp_reference, 'afp', a.id, a.currency, -a.amount, 0, first_transaction_id_at(s.at)
    FROM affiliate_payments a JOIN affiliate_payment_steps s ON s.payment_id = a.id AND s.state = 'PAID'
  UNION ALL
  SELECT a.psp, 'PAYOUT_RETURN', a.psp_reference, 'afp', a.id, a.currency, a.amount, 0, first_transaction_id_at(r.at)
    FROM affiliate_payments a JOIN affiliate_payment_steps s ON s.payment_id = a.id AND s.state = 'PAID'
    JOIN affiliate_payment_steps r ON r.payment_id = a.id AND r.state = 'RETURNED' AND r.number > s.number;
