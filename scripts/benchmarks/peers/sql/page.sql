-- The answer to Q1, written by PostgreSQL as JSON, whole.
SELECT '{"data":{"reports":{"nodes":' || coalesce(json_agg(page.one ORDER BY page.received_at DESC, page.id DESC), '[]')::text || '}}}'
FROM (
  SELECT report.received_at, report.id, json_build_object(
    'number', report.number, 'status', report.status, 'category', report.category, 'receivedAt', report.received_at,
    'region', CASE WHEN region.code IS NOT NULL THEN json_build_object('name', region.name) END,
    'subjects', coalesce((
      SELECT json_agg(json_build_object('person', (
        SELECT json_build_object(
          'name', person.name, 'birthDate', person.birth_date,
          'family', CASE WHEN person.family_id IS NOT NULL THEN json_build_object('members', (
            SELECT json_agg(json_build_object('name', member.name) ORDER BY member.family_order, member.id)
            FROM person AS member WHERE member.family_id = person.family_id
          )) END,
          'currentRegistry', (
            SELECT json_build_object('desil', record.desil, 'scheme', release.scheme)
            FROM registry_record AS record JOIN registry_release AS release ON release.id = record.release_id
            WHERE record.person_id = person.id
            ORDER BY (release.scheme = 'DTSEN') DESC, release.received_at DESC, record.id DESC LIMIT 1
          ))
        FROM person WHERE person.id = subject.person_id
      )) ORDER BY subject.id)
      FROM report_subject AS subject WHERE subject.report_id = report.id
    ), '[]'),
    'assignments', coalesce((
      SELECT json_agg(json_build_object(
        'role', held.role, 'state', held.state, 'assignedAt', held.assigned_at,
        'staff', CASE WHEN staff.id IS NOT NULL THEN json_build_object('name', staff.name) END,
        'unit', CASE WHEN unit.id IS NOT NULL THEN json_build_object('name', unit.name) END
      ) ORDER BY held.assigned_at DESC, held.id DESC)
      FROM assignment AS held LEFT JOIN staff ON staff.id = held.staff_id LEFT JOIN org_unit AS unit ON unit.id = held.unit_id
      WHERE held.report_id = report.id
    ), '[]'),
    'followUps', coalesce((
      SELECT json_agg(json_build_object('title', plan.title, 'status', plan.status) ORDER BY plan.proposed_at DESC, plan.id DESC)
      FROM policy_follow_up_report AS link JOIN policy_follow_up AS plan ON plan.id = link.follow_up_id
      WHERE link.report_id = report.id
    ), '[]')
  ) AS one
  FROM (SELECT * FROM report ORDER BY received_at DESC, id DESC LIMIT 50) AS report
  LEFT JOIN region ON region.code = report.region_code
) AS page
