// title: Mergers of one organisation
// question: With whom has this body, or one that it grew out of, talked of merging, and what came of it?
// tags: mergers
// param organisation (organisation, required): the body; example: Ellermouth Hospitals
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column whose (string): own, or predecessor where the talks were those of a body that it grew out of
// column from_id (id): the body whose talks they are
// column organisation (string): its name
// column to_id (id): the other party
// column other (string): its name
// column status (string): newest stage told, open or ended; empty where not said
// column form (string): merger, acquisition, group, joint_leadership or integration
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements speak of it
// column quote (string): the newest sentence that tells this status
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (o:Organisation {id: $organisation})<-[:SUCCEEDED_BY*0..8]-(own:Organisation)
WITH collect(DISTINCT own.id) AS line
UNWIND line AS id
MATCH (own:Organisation {id: id})-[e:MERGER_TALKS]-(x:Organisation)
WHERE e.confidence >= $min_confidence
  // Talks between two of its predecessors are met from both ends.
  AND (NOT x.id IN line OR own.id <= x.id)
WITH DISTINCT own, e, x
ORDER BY coalesce(e.last_seen, '') DESC, own.name, x.name, own.id, x.id
LIMIT toInteger($limit)
WITH own, e, x, CASE WHEN own.id < x.id THEN own.id + '|' + x.id ELSE x.id + '|' + own.id END AS pair
WITH own, e, x, 'MERGER_TALKS|' + pair AS link
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(e.status, '')
WITH own, e, x, substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN CASE WHEN own.id = $organisation THEN 'own' ELSE 'predecessor' END AS whose,
       own.id AS from_id, own.name AS organisation, x.id AS to_id, x.name AS other, e.status AS status, e.form AS form,
       e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY coalesce(last_seen, '') DESC, organisation, other, from_id, to_id
LIMIT toInteger($limit)
