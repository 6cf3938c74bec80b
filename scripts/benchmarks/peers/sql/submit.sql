-- All rows of Q4 in one statement.
WITH who AS (SELECT id, name FROM account WHERE subject = 'demo-citizen'),
reporter_row AS (
  INSERT INTO reporter (id, kind, name, language, account_id) SELECT uuidv7(), 'INDIVIDUAL', name, 'ID', id FROM who RETURNING id
),
report_row AS (
  INSERT INTO report (id, number, tracking_hash, version, channel, status, category, priority, sensitivity, description_sealed,
    region_code, reporter_id, received_at, updated_at)
  SELECT uuidv7(), $1, $2, 1, $3, 'RECEIVED', $4, 'NORMAL', 'PRIVATE', $5, $6, id, $7, $7 FROM reporter_row RETURNING id
),
event_row AS (
  INSERT INTO event (id, at, act, noun, noun_id, report_id, sop_step, to_status, actor, legal_basis_id, data)
  SELECT uuidv7(), $7, 'reportReceived', 'Report', id, id, 1, 'RECEIVED', 'demo-citizen',
    (SELECT legal_basis_id FROM sop_step WHERE number = 1), json_build_object('channel', $3::text) FROM report_row
),
once AS (
  INSERT INTO idempotency (client, act, key, input_hash, object_id, outcome_sealed, created_at)
  SELECT 'demo-citizen', 'reportSubmit', $8, $9, id, $10, $7 FROM report_row
)
SELECT name FROM region WHERE code = $6
