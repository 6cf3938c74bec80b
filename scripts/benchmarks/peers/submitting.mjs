// The same rows that our reportSubmit writes, statement by statement in one transaction, as a Node developer would.
import { index, seal, trackingCode } from "./sealing.mjs";

export class Mismatch extends Error {}

// `query(text, values)` gives rows and runs inside a transaction that the caller commits.
export async function submit(query, input) {
  const at = new Date();
  const key = index("idempotency.key", input.idempotencyKey).toString("hex");
  const [once] = await query(
    `INSERT INTO idempotency (client, act, key, input_hash, created_at) VALUES ('demo-citizen', 'reportSubmit', $1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING key`,
    [key, index("idempotency.input", JSON.stringify(input)), at],
  );
  if (!once) throw new Mismatch("this key was used before");
  const [region] = await query("SELECT code FROM region WHERE code = $1", [input.region]);
  if (!region) throw new Mismatch("this region is unknown");
  const [reporter] = await query(
    `INSERT INTO reporter (id, kind, name, language, account_id)
     SELECT uuidv7(), 'INDIVIDUAL', name, 'ID', id FROM account WHERE subject = 'demo-citizen' RETURNING id`,
    [],
  );
  const year = new Date(at.getTime() + 8 * 3_600_000).getUTCFullYear();
  const [number] = await query(
    `INSERT INTO report_number AS n (year, last) VALUES ($1, 1)
     ON CONFLICT (year) DO UPDATE SET last = n.last + 1 RETURNING last`,
    [year],
  );
  const receipt = { number: `SIM-${year}-${String(number.last).padStart(6, "0")}`, trackingCode: trackingCode() };
  const [report] = await query(
    `INSERT INTO report (id, number, tracking_hash, version, channel, status, category, priority, sensitivity,
       description_sealed, region_code, reporter_id, received_at, updated_at)
     VALUES (uuidv7(), $1, $2, 1, $3, 'RECEIVED', $4, 'NORMAL', 'PRIVATE', $5, $6, $7, $8, $8) RETURNING id`,
    [receipt.number, index("tracking", receipt.trackingCode), input.channel, input.category,
      seal("report.description", input.description.trim()), input.region, reporter.id, at],
  );
  const [step] = await query("SELECT legal_basis_id FROM sop_step WHERE number = 1", []);
  await query(
    `INSERT INTO event (id, at, act, noun, noun_id, report_id, sop_step, to_status, actor, legal_basis_id, data)
     VALUES (uuidv7(), $1, 'reportReceived', 'Report', $2, $2, 1, 'RECEIVED', 'demo-citizen', $3, $4)`,
    [at, report.id, step.legal_basis_id, JSON.stringify({ channel: input.channel })],
  );
  await query(
    `UPDATE idempotency SET object_id = $1, outcome_sealed = $2
     WHERE client = 'demo-citizen' AND act = 'reportSubmit' AND key = $3`,
    [report.id, seal("idempotency.outcome", JSON.stringify(receipt)), key],
  );
  return { id: report.id, receipt };
}
