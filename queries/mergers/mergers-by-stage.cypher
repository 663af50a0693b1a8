// title: Mergers by stage
// question: How many mergers stand at each stage, of which form, and which one was told of last?
// tags: mergers, overview
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column status (string): newest stage told of the pair; empty where not said
// column form (string): merger, acquisition, group, joint_leadership or integration
// column pairs (integer): how many pairs of bodies stand there
// column statements (integer): how many statements speak of them
// column first_seen (date): when a briefing first spoke of one of them
// column last_seen (date): when a briefing last spoke of one of them
// column from_id (id): one party of the pair told of last
// column organisation (string): its name
// column to_id (id): its other party
// column other (string): its name
// column quote (string): the newest sentence that tells its status
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known

// The pairs of a row are in merger-talks and mergers-ended, each with its sentence.
MATCH (x:Organisation)-[m:MERGER_TALKS]->(y:Organisation)
WHERE m.confidence >= $min_confidence
WITH m.status AS status, m.form AS form, count(*) AS pairs, sum(m.statements) AS statements,
     min(m.first_seen) AS first_seen, max(m.last_seen) AS last_seen,
     max(coalesce(m.last_seen, '0000-00-00') + 'MERGER_TALKS|' + x.id + '|' + y.id) AS example
ORDER BY pairs DESC, status IS NULL, status, form IS NULL, form
LIMIT toInteger($limit)
WITH status, form, pairs, statements, first_seen, last_seen, example, substring(example, 10) AS link
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(status, '')
WITH status, form, pairs, statements, first_seen, last_seen, example,
     max(coalesce(s.published, '0000-00-00') + s.id) AS newest
MATCH (n:Statement {id: substring(newest, 10, 80)})-[:STATED_IN]->(d:Briefing)
WITH status, form, pairs, statements, first_seen, last_seen, n, d, split(example, '|') AS parts
MATCH (a:Organisation {id: parts[1]})
WITH status, form, pairs, statements, first_seen, last_seen, n, d, parts, a
MATCH (b:Organisation {id: parts[2]})
RETURN status, form, pairs, statements, first_seen, last_seen,
       a.id AS from_id, a.name AS organisation, b.id AS to_id, b.name AS other,
       n.quote AS quote, d.title AS briefing, n.published AS published
ORDER BY pairs DESC, status IS NULL, status, form IS NULL, form
LIMIT toInteger($limit)
