// PostGraphile 5 as its documentation starts it: the Amber preset, every column orderable, lists beside connections.
// Added in its own idiom: what stands sealed is opened by a plan, and reportSubmit writes what ours writes.
import { createServer } from "node:http";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { sideEffectWithPgClientTransaction } from "postgraphile/@dataplan/pg";
import { access, lambda, object } from "postgraphile/grafast";
import { grafserv } from "postgraphile/grafserv/node";
import { postgraphile } from "postgraphile";
import { extendSchema } from "postgraphile/utils";
import { maskIdentifier, maskText, open } from "./sealing.mjs";
import { submit } from "./submitting.mjs";

const opened = ($row, column, label, mask) =>
  lambda($row.get(column), (value) => mask(open(label, typeof value === "string" ? Buffer.from(value, "base64") : value)), true);

const ours = extendSchema((build) => {
  const { report } = build.pgResources;
  return {
    typeDefs: `
      extend type Report { description: String }
      extend type ReportSubject { nik: String }
      extend type Message { text: String }
      input ReportSubmitInput {
        channel: String! category: String description: String! region: String idempotencyKey: String!
      }
      type Receipt { number: String! trackingCode: String! }
      type ReportSubmitPayload { report: Report receipt: Receipt }
      extend type Mutation { reportSubmit(input: ReportSubmitInput!): ReportSubmitPayload }`,
    objects: {
      Report: { plans: { description: ($r) => opened($r, "description_sealed", "report.description", maskText) } },
      ReportSubject: { plans: { nik: ($s) => opened($s, "nik_sealed", "nik", maskIdentifier) } },
      Message: { plans: { text: ($m) => opened($m, "text_sealed", "message.text", maskText) } },
      Mutation: {
        plans: {
          reportSubmit: (_, { $input }) =>
            object({
              done: sideEffectWithPgClientTransaction(report.executor, $input, (client, input) =>
                submit(async (text, values) => (await client.query({ text, values })).rows, input)),
            }),
        },
      },
      ReportSubmitPayload: {
        plans: {
          report: ($payload) => report.get({ id: access($payload.get("done"), "id") }),
          receipt: ($payload) => access($payload.get("done"), "receipt"),
        },
      },
    },
  };
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [ours],
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [makePgService({ connectionString: process.env.PEER_URL, schemas: ["public", "peers"], poolConfig: { max: 8 } })],
  schema: { defaultBehavior: "+connection +resource:connection +list +resource:list" },
  grafserv: { graphiql: false, watch: false, port: Number(process.env.PORT), host: "127.0.0.1" },
};
const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
