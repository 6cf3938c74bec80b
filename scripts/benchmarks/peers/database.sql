-- What PostGraphile shows of a database is what stands in it: the newest registry record of a person and the counts of
-- reports, as somebody who builds on PostGraphile would add them. The other servers don't use these.
CREATE SCHEMA IF NOT EXISTS peers;

-- SETOF and SQL: PostgreSQL writes such a function into the statement that calls it.
CREATE OR REPLACE FUNCTION peers.person_current_registry(person public.person) RETURNS SETOF public.registry_record
LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT record.* FROM public.registry_record AS record JOIN public.registry_release AS release ON release.id = record.release_id
  WHERE record.person_id = person.id
  ORDER BY (release.scheme = 'DTSEN') DESC, release.received_at DESC, record.id DESC LIMIT 1
$$;
COMMENT ON FUNCTION peers.person_current_registry(public.person) IS '@simpleCollections only';

CREATE OR REPLACE VIEW peers.report_count AS
  SELECT CASE WHEN length(region_code) >= 8 THEN substr(region_code, 1, 8) END AS district, status, count(*)::int AS count
  FROM public.report GROUP BY 1, 2;
COMMENT ON VIEW peers.report_count IS '@simpleCollections only';
