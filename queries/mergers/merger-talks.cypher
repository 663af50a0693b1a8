// title: Active merger talks
// question: Which organisations are in merger talks that are still open, and how far along are they?
// tags: mergers, overview
// param status (status of MERGER_TALKS, default ""): only talks at this stage, such as agreed, empty for all open ones
// param since (date, default ""): only talks spoken of on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): one party
// column organisation (string): its name
// column to_id (id): the other party
// column other (string): its name
// column status (string): newest stage told: mooted, in_talks, agreed, approved or paused; empty where not said
// column form (string): merger, acquisition, group, joint_leadership or integration
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements speak of it
// column quote (string): the newest sentence that tells this status
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (a:Organisation)-[e:MERGER_TALKS]->(b:Organisation)
WHERE e.confidence >= $min_confidence
  // Talks of which no stage is told count as open.
  AND coalesce(e.status, 'in_talks') IN ['mooted', 'in_talks', 'agreed', 'approved', 'paused']
  AND ($status = '' OR e.status = $status) AND coalesce(e.last_seen, '') >= $since
WITH a, e, b
ORDER BY coalesce(e.last_seen, '') DESC, a.name, b.name, a.id, b.id
LIMIT toInteger($limit)
WITH a, e, b, 'MERGER_TALKS|' + a.id + '|' + b.id AS link
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(e.status, '')
WITH a, e, b, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS organisation, b.id AS to_id, b.name AS other, e.status AS status, e.form AS form,
       e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY coalesce(last_seen, '') DESC, organisation, other, from_id, to_id
LIMIT toInteger($limit)
