-- The answer to Q2 as JSON; what is sealed is in it as hexadecimal digits, for Python to open.
SELECT json_build_object(
  'number', report.number, 'version', report.version, 'channel', report.channel, 'status', report.status,
  'category', report.category, 'priority', report.priority, 'sensitivity', report.sensitivity,
  'receivedAt', report.received_at, 'updatedAt', report.updated_at, 'dueAt', report.due_at,
  'description', encode(report.description_sealed, 'hex'),
  'region', CASE WHEN region.code IS NOT NULL THEN json_build_object(
    'code', region.code, 'name', region.name,
    'parent', CASE WHEN above.code IS NOT NULL THEN json_build_object('name', above.name) END
  ) END,
  'ppksTypes', coalesce((
    SELECT json_agg(json_build_object('code', kind.code, 'term', kind.term) ORDER BY kind.code)
    FROM report_ppks_type AS link JOIN ppks_type AS kind ON kind.code = link.ppks_code WHERE link.report_id = report.id
  ), '[]'),
  'reporter', CASE WHEN reporter.id IS NOT NULL THEN json_build_object('kind', reporter.kind, 'name', reporter.name) END,
  'subjects', coalesce((
    SELECT json_agg(json_build_object(
      'name', subject.name, 'nik', encode(subject.nik_sealed, 'hex'), 'matchState', subject.match_state,
      'person', (
        SELECT json_build_object(
          'name', person.name, 'sex', person.sex, 'birthDate', person.birth_date,
          'region', CASE WHEN home.code IS NOT NULL THEN json_build_object('name', home.name) END,
          'family', CASE WHEN person.family_id IS NOT NULL THEN json_build_object('members', (
            SELECT json_agg(json_build_object('name', member.name, 'birthDate', member.birth_date)
              ORDER BY member.family_order, member.id)
            FROM person AS member WHERE member.family_id = person.family_id
          )) END,
          'currentRegistry', (
            SELECT json_build_object('desil', record.desil, 'scheme', release.scheme, 'status', record.status, 'asOf', record.as_of)
            FROM registry_record AS record JOIN registry_release AS release ON release.id = record.release_id
            WHERE record.person_id = person.id
            ORDER BY (release.scheme = 'DTSEN') DESC, release.received_at DESC, record.id DESC LIMIT 1
          ),
          'enrolments', coalesce((
            SELECT json_agg(json_build_object('programme', enrolment.programme_code, 'status', enrolment.status)
              ORDER BY enrolment.from_date DESC NULLS LAST, enrolment.id DESC)
            FROM enrolment WHERE enrolment.person_id = person.id
          ), '[]'))
        FROM person LEFT JOIN region AS home ON home.code = person.region_code WHERE person.id = subject.person_id
      )
    ) ORDER BY subject.id)
    FROM report_subject AS subject WHERE subject.report_id = report.id
  ), '[]'),
  'assignments', coalesce((
    SELECT json_agg(json_build_object(
      'role', held.role, 'state', held.state, 'assignedAt', held.assigned_at, 'dueAt', held.due_at,
      'staff', CASE WHEN staff.id IS NOT NULL THEN json_build_object('name', staff.name) END,
      'unit', CASE WHEN unit.id IS NOT NULL THEN json_build_object('code', unit.code, 'name', unit.name) END
    ) ORDER BY held.assigned_at DESC, held.id DESC)
    FROM assignment AS held LEFT JOIN staff ON staff.id = held.staff_id LEFT JOIN org_unit AS unit ON unit.id = held.unit_id
    WHERE held.report_id = report.id
  ), '[]'),
  'followUps', coalesce((
    SELECT json_agg(json_build_object(
      'title', plan.title, 'status', plan.status, 'dimension', plan.dimension,
      'owner', CASE WHEN owner.id IS NOT NULL THEN json_build_object('shortName', owner.short_name) END,
      'milestones', coalesce((
        SELECT json_agg(json_build_object('title', milestone.title, 'dueAt', milestone.due_at) ORDER BY milestone.due_at, milestone.id)
        FROM milestone WHERE milestone.follow_up_id = plan.id
      ), '[]')
    ) ORDER BY plan.proposed_at DESC, plan.id DESC)
    FROM policy_follow_up_report AS link JOIN policy_follow_up AS plan ON plan.id = link.follow_up_id
    LEFT JOIN organization AS owner ON owner.id = plan.owner_id
    WHERE link.report_id = report.id
  ), '[]'),
  'messages', coalesce((
    SELECT json_agg(json_build_object('direction', direction, 'kind', kind, 'text', encode(text_sealed, 'hex'), 'at', at) ORDER BY at, id)
    FROM (SELECT * FROM message WHERE message.report_id = report.id ORDER BY at, id LIMIT 20) AS first_messages
  ), '[]'),
  'timeline', coalesce((
    SELECT json_agg(json_build_object('act', act, 'from', from_status, 'to', to_status, 'at', at) ORDER BY id)
    FROM (SELECT * FROM event WHERE event.report_id = report.id ORDER BY id LIMIT 50) AS first_events
  ), '[]')
)::text
FROM report
LEFT JOIN region ON region.code = report.region_code
LEFT JOIN region AS above ON above.code = region.parent_code
LEFT JOIN reporter ON reporter.id = report.reporter_id
WHERE report.number = $1
