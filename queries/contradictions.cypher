// title: Contradictions between briefings
// question: Where does a briefing give a fact another status than the newest briefing does?
// tags: evidence, review
// param predicate (predicate, default ""): only this kind of fact, empty for all
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column predicate (string): the kind of fact
// column from_id (id): one party
// column from_name (string): its name
// column to_id (id): the other party
// column to_name (string): its name
// column role (string): the post, if it is about one, else empty
// column status (string): what the older briefing says
// column newest_status (string): what the newest says
// column quote (string): the older sentence
// column briefing (string): title of the older briefing
// column published (date): when it was published, empty where not known
// column newest_quote (string): the newest sentence
// column newest_briefing (string): title of the newest briefing
// column newest_published (date): when it was published, empty where not known
// column statement (string): the older statement's id, for `review`
// column newest_statement (string): the newest one's

MATCH (x:Organisation|Person)<-[:SUBJECT]-(s:Statement)-[:OBJECT]->(y:Organisation|Person)
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
  AND s.status IS NOT NULL AND ($predicate = '' OR s.predicate = $predicate)
WITH s, x, y, x.id > y.id AND s.predicate IN ['MERGER_TALKS', 'DISPUTE'] AS turned
WITH s.predicate AS predicate, coalesce(s.role, '') AS role,
     CASE WHEN turned THEN y.id ELSE x.id END AS from_id, CASE WHEN turned THEN y.name ELSE x.name END AS from_name,
     CASE WHEN turned THEN x.id ELSE y.id END AS to_id, CASE WHEN turned THEN x.name ELSE y.name END AS to_name,
     count(DISTINCT s.status) AS statuses, collect(s.id) AS said,
     max(coalesce(s.published, '0000-00-00') + s.id) AS newest
WHERE statuses > 1
WITH predicate, role, from_id, from_name, to_id, to_name, said, substring(newest, 10, 80) AS last
MATCH (n:Statement {id: last})-[:STATED_IN]->(f:Briefing)
WITH predicate, role, from_id, from_name, to_id, to_name, said, n, f
UNWIND said AS older
MATCH (s:Statement {id: older})-[:STATED_IN]->(d:Briefing)
WHERE s.status <> n.status AND d.id <> f.id AND coalesce(s.form, n.form, '') = coalesce(n.form, s.form, '')
RETURN predicate, from_id, from_name, to_id, to_name, role, s.status AS status, n.status AS newest_status,
       s.quote AS quote, d.title AS briefing, s.published AS published,
       n.quote AS newest_quote, f.title AS newest_briefing, n.published AS newest_published,
       s.id AS statement, n.id AS newest_statement
ORDER BY predicate, from_name, to_name, from_id, to_id, coalesce(published, ''), statement
LIMIT $limit
