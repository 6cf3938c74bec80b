// mercurius with JIT as its documentation shows it: Fastify, loaders for every edge, pg with named (prepared) statements.
import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";
import { maskIdentifier, maskText, open } from "./sealing.mjs";
import { submit } from "./submitting.mjs";

// Dates stay as text: JavaScript's Date would shift them, and loses microseconds.
for (const type of [1082, 1184]) pg.types.setTypeParser(type, (value) => value);
const pool = new pg.Pool({ connectionString: process.env.PEER_URL, max: 8, options: "-c timezone=UTC" });

let names = 0;
const prepared = (text) => {
  const name = `s${names++}`;
  return async (values) => (await pool.query({ name, text, values })).rows;
};
const time = (value) => (value === null ? null : value.replace(" ", "T").replace(/\+00$/, "Z"));

const schema = `
  type Query {
    reports(first: Int!, after: String): ReportConnection!
    report(number: String!): Report
    reportStatistics(groupBy: [Dimension!]!): StatisticTable!
  }
  type Mutation { reportSubmit(input: ReportSubmitInput!): ReportSubmitPayload }
  enum Dimension { DISTRICT STATUS }
  input ReportSubmitInput { channel: String! category: String description: String! region: String idempotencyKey: String! }
  type ReportSubmitPayload { report: Report receipt: Receipt }
  type Receipt { number: String! trackingCode: String! }
  type StatisticTable { rows: [StatisticRow!]! }
  type StatisticRow { key: [String]! count: Int }
  type ReportConnection { nodes: [Report!]! }
  type Report {
    number: String! version: Int! channel: String! status: String! category: String priority: String! sensitivity: String!
    receivedAt: String! updatedAt: String! dueAt: String description: String
    region: Region ppksTypes: [PpksType!] reporter: Reporter subjects: [ReportSubject!] assignments: [Assignment!]
    followUps: [PolicyFollowUp!] messages(first: Int): MessageConnection timeline(first: Int): EventConnection
  }
  type Region { code: String! name: String! parent: Region }
  type PpksType { code: String! term: String! }
  type Reporter { kind: String! name: String }
  type ReportSubject { name: String nik: String matchState: String! person: Person }
  type Person {
    name: String sex: String birthDate: String region: Region family: Family currentRegistry: RegistryRecord enrolments: [Enrolment!]
  }
  type Family { members: [Person!] }
  type RegistryRecord { scheme: String! desil: Int status: String asOf: String! }
  type Enrolment { programme: String! status: String! }
  type Assignment { role: String! state: String! assignedAt: String! dueAt: String staff: StaffMember unit: OrgUnit }
  type StaffMember { name: String! }
  type OrgUnit { code: String! name: String! }
  type PolicyFollowUp { title: String! status: String! dimension: String! owner: Organization milestones: [Milestone!]! }
  type Organization { shortName: String! }
  type Milestone { title: String! dueAt: String }
  type MessageConnection { nodes: [Message!]! }
  type Message { direction: String! kind: String! text: String at: String! }
  type EventConnection { nodes: [ReportEvent!]! }
  type ReportEvent { act: String! from: String to: String at: String! }
`;

const REPORT = `id, number, version, channel, status, category, priority, sensitivity, received_at, updated_at, due_at,
  description_sealed, region_code, reporter_id`;
const asReport = (row) => ({
  ...row, receivedAt: time(row.received_at), updatedAt: time(row.updated_at), dueAt: time(row.due_at),
});
const page = prepared(`SELECT ${REPORT} FROM report ORDER BY received_at DESC, id DESC LIMIT $1`);
const byNumber = prepared(`SELECT ${REPORT} FROM report WHERE number = $1`);
const counts = prepared(
  `SELECT CASE WHEN length(region_code) >= 8 THEN substr(region_code, 1, 8) END AS district, status, count(*)::int AS count
   FROM report GROUP BY 1, 2`,
);

const resolvers = {
  Query: {
    reports: async (_, { first }) => ({ nodes: (await page([first])).map(asReport) }),
    report: async (_, { number }) => (await byNumber([number])).map(asReport)[0] ?? null,
    reportStatistics: async () => ({
      rows: (await counts([])).map((row) => ({ key: [row.district, row.status], count: row.count })),
    }),
  },
  Report: { description: (report) => maskText(open("report.description", report.description_sealed)) },
  ReportSubject: { nik: (subject) => maskIdentifier(open("nik", subject.nik_sealed)) },
  Message: { text: (message) => maskText(open("message.text", message.text_sealed)) },
  Mutation: {
    reportSubmit: async (_, { input }) => {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        const done = await submit(async (text, values) => (await client.query({ text, values })).rows, input);
        await client.query("COMMIT");
        const made = await client.query({ text: `SELECT ${REPORT} FROM report WHERE id = $1`, values: [done.id] });
        return { report: asReport(made.rows[0]), receipt: done.receipt };
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      } finally {
        client.release();
      }
    },
  },
};

// A loader of one row or of many for each object of a level, by one statement over their keys.
const loader = (key, text, many, shape = (row) => row) => {
  const read = prepared(text);
  return async (queries) => {
    const keys = [...new Set(queries.map(({ obj }) => obj[key]).filter((value) => value !== null && value !== undefined))];
    const found = new Map();
    for (const row of keys.length ? await read([keys]) : []) {
      const shaped = shape(row);
      if (!many) found.set(row.for, shaped);
      else if (found.has(row.for)) found.get(row.for).push(shaped);
      else found.set(row.for, [shaped]);
    }
    return queries.map(({ obj }) => found.get(obj[key]) ?? (many ? [] : null));
  };
};
const connection = (load) => async (queries) => (await load(queries)).map((nodes) => ({ nodes }));
const region = loader("region_code", `SELECT code AS for, code, name, parent_code FROM region WHERE code = ANY($1)`, false);
const PERSON = `id, name, sex, birth_date AS "birthDate", region_code, family_id`;

const loaders = {
  Report: {
    region,
    reporter: loader("reporter_id", `SELECT id AS for, kind, name FROM reporter WHERE id = ANY($1)`, false),
    ppksTypes: loader("id", `SELECT report_id AS for, code, term FROM report_ppks_type JOIN ppks_type ON code = ppks_code
      WHERE report_id = ANY($1) ORDER BY code`, true),
    subjects: loader("id", `SELECT report_id AS for, name, nik_sealed, match_state AS "matchState", person_id
      FROM report_subject WHERE report_id = ANY($1) ORDER BY id`, true),
    assignments: loader("id", `SELECT report_id AS for, role, state, assigned_at, due_at, staff_id, unit_id FROM assignment
      WHERE report_id = ANY($1) ORDER BY assigned_at DESC, id DESC`, true,
      (row) => ({ ...row, assignedAt: time(row.assigned_at), dueAt: time(row.due_at) })),
    followUps: loader("id", `SELECT report_id AS for, p.id, title, status, dimension, owner_id
      FROM policy_follow_up_report JOIN policy_follow_up p ON p.id = follow_up_id
      WHERE report_id = ANY($1) ORDER BY proposed_at DESC, p.id DESC`, true),
    messages: connection(loader("id", `SELECT report_id AS for, direction, kind, text_sealed, at FROM message
      WHERE report_id = ANY($1) ORDER BY at, id`, true, (row) => ({ ...row, at: time(row.at) }))),
    timeline: connection(loader("id", `SELECT report_id AS for, act, from_status AS "from", to_status AS "to", at FROM event
      WHERE report_id = ANY($1) ORDER BY id`, true, (row) => ({ ...row, at: time(row.at) }))),
  },
  Region: { parent: loader("parent_code", `SELECT code AS for, code, name, parent_code FROM region WHERE code = ANY($1)`, false) },
  ReportSubject: { person: loader("person_id", `SELECT id AS for, ${PERSON} FROM person WHERE id = ANY($1)`, false) },
  Person: {
    region,
    family: async (queries) => queries.map(({ obj }) => (obj.family_id === null ? null : { family_id: obj.family_id })),
    currentRegistry: loader("id", `SELECT DISTINCT ON (person_id) person_id AS for, scheme, desil, status, as_of AS "asOf"
      FROM registry_record r JOIN registry_release e ON e.id = r.release_id WHERE person_id = ANY($1)
      ORDER BY person_id, (scheme = 'DTSEN') DESC, received_at DESC, r.id DESC`, false),
    enrolments: loader("id", `SELECT person_id AS for, programme_code AS programme, status FROM enrolment
      WHERE person_id = ANY($1) ORDER BY from_date DESC NULLS LAST, id DESC`, true),
  },
  Family: {
    members: loader("family_id", `SELECT family_id AS for, ${PERSON} FROM person WHERE family_id = ANY($1)
      ORDER BY family_order, id`, true),
  },
  Assignment: {
    staff: loader("staff_id", `SELECT id AS for, name FROM staff WHERE id = ANY($1)`, false),
    unit: loader("unit_id", `SELECT id AS for, code, name FROM org_unit WHERE id = ANY($1)`, false),
  },
  PolicyFollowUp: {
    owner: loader("owner_id", `SELECT id AS for, short_name AS "shortName" FROM organization WHERE id = ANY($1)`, false),
    milestones: loader("id", `SELECT follow_up_id AS for, title, due_at AS "dueAt" FROM milestone
      WHERE follow_up_id = ANY($1) ORDER BY due_at, id`, true),
  },
};

// Its cache would write every object out as text to have a key for it; no request here asks the same twice.
const uncached = Object.fromEntries(
  Object.entries(loaders).map(([type, fields]) => [
    type, Object.fromEntries(Object.entries(fields).map(([name, load]) => [name, { loader: load, opts: { cache: false } }])),
  ]),
);
const app = Fastify();
app.register(mercurius, { schema, resolvers, loaders: uncached, jit: 1, path: "/graphql" });
await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
