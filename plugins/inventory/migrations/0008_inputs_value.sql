-- What of the value of a production its inputs were worth, where that is not all that does not come from outside: of a
-- receipt with by-products the output and each of these bear their part of the inputs, and of what making them cost.
ALTER TABLE materials_ledger_entry ADD COLUMN inputs_value numeric(36, 12);
ALTER TABLE finished_goods_ledger_entry ADD COLUMN inputs_value numeric(36, 12);
