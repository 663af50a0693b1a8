// title: Merger talks gone quiet
// question: Which open merger talks has no briefing spoken of for some months?
// tags: mergers
// param months (integer, default 6): quiet for at least so many months; example: 6
// param as_of (date, default ""): count back from this day, empty for the newest briefing's; example: 2026-01-01
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): one party
// column organisation (string): its name
// column to_id (id): the other party
// column other (string): its name
// column status (string): the stage they were last heard of at; empty where not said
// column form (string): merger, acquisition, group, joint_leadership or integration
// column months_quiet (integer, months): whole months since a briefing last spoke of it
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements speak of it
// column quote (string): the newest sentence that tells this status
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

// Nothing is known of silence where no briefing has a date; talks told of after as_of were not quiet then.
MATCH (last:Briefing)
WHERE last.published >= ''
WITH last.published AS published
ORDER BY published DESC
LIMIT 1
WITH CASE WHEN $as_of = '' THEN published ELSE $as_of END AS day
WITH day, toInteger(substring(day, 0, 4)) * 12 + toInteger(substring(day, 5, 2)) AS now
MATCH (a:Organisation)-[e:MERGER_TALKS]->(b:Organisation)
WHERE e.confidence >= $min_confidence
  // Talks of which no stage is told count as open.
  AND coalesce(e.status, 'in_talks') IN ['mooted', 'in_talks', 'agreed', 'approved', 'paused']
  AND e.last_seen <= day
// A month counts once its day has come round again.
WITH a, e, b, now - toInteger(substring(e.last_seen, 0, 4)) * 12 - toInteger(substring(e.last_seen, 5, 2))
              - CASE WHEN substring(e.last_seen, 8, 2) > substring(day, 8, 2) THEN 1 ELSE 0 END AS months_quiet
WHERE months_quiet >= $months
WITH a, e, b, months_quiet
ORDER BY e.last_seen DESC, a.name, b.name, a.id, b.id
LIMIT toInteger($limit)
WITH a, e, b, months_quiet, 'MERGER_TALKS|' + a.id + '|' + b.id AS link
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(e.status, '')
WITH a, e, b, months_quiet, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS organisation, b.id AS to_id, b.name AS other, e.status AS status, e.form AS form,
       months_quiet, e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY last_seen DESC, organisation, other, from_id, to_id
LIMIT toInteger($limit)
