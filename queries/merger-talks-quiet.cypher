// title: Merger talks gone quiet
// question: Which open merger talks has no briefing spoken of since a date?
// tags: mergers
// param since (date, required): talks last spoken of before this day; example: 2025-01-01
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): one party
// column organisation (string): its name
// column to_id (id): the other party
// column other (string): its name
// column status (string): the stage they were last heard of at; empty where not said
// column form (string): merger, acquisition, group, joint_leadership or integration
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements speak of it
// column quote (string): the newest sentence that tells this status
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (a:Organisation)-[e:MERGER_TALKS]->(b:Organisation)
WHERE coalesce(e.status, 'in_talks') IN ['mooted', 'in_talks', 'agreed', 'approved', 'paused']
  AND e.last_seen < $since
  AND e.confidence >= $min_confidence
MATCH (a)<-[r:SUBJECT|OBJECT]-(s:Statement {predicate: 'MERGER_TALKS'})
MATCH (s)-[o:SUBJECT|OBJECT]->(b)
WHERE type(r) <> type(o)
  AND coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(e.status, '')
WITH a, b, e, max(coalesce(s.published, '0000-00-00') + s.id) AS newest
MATCH (n:Statement {id: substring(newest, 10, 80)})-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS organisation, b.id AS to_id, b.name AS other, e.status AS status, e.form AS form,
       e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY last_seen, organisation, other, from_id, to_id
LIMIT $limit
