// title: Statuses that went backwards
// question: Where does a briefing give a fact an earlier stage than the briefing before it did?
// tags: evidence, review
// param predicate (predicate, required): the kind of fact; example: COMMISSIONED
// param since (date, required): only what was published on or after this day; example: 2014-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column predicate (string): the kind of fact
// column from_id (id): one party; the subject, as the newer sentence has it
// column from_name (string): its name
// column to_id (id): the other party; the object, empty for a deficit
// column to_name (string): its name
// column role (string): the post, if it is about one
// column form (string): the form that both tell, if any
// column older_status (string): what the older briefing says, if it tells a status
// column status (string): what the newer one says, if it tells a status
// column older_quote (string): the older sentence
// column older_briefing (string): title of the older briefing
// column older_published (date): when it was published
// column quote (string): the newer sentence
// column briefing (string): title of the newer briefing
// column published (date): when it was published
// column months (integer): calendar months from the one to the other
// column older_statement (string): the older statement's id, for `review`
// column statement (string): the newer one's

// A kind of fact and a first day keep this to an index.
MATCH (s:Statement)
WHERE s.predicate = $predicate AND s.published >= $since AND s.edge IS NOT NULL
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH s, s.edge + '|' + coalesce(s.role, '') + '|' + coalesce(s.form, '') AS fact,
     CASE s.status
       WHEN 'mooted' THEN 1 WHEN 'in_talks' THEN 2 WHEN 'agreed' THEN 3 WHEN 'approved' THEN 4 WHEN 'completed' THEN 5
       WHEN 'open' THEN 1 WHEN 'resolved' THEN 2
       WHEN 'proposed' THEN 1 WHEN 'conditional' THEN 2 WHEN 'confirmed' THEN 3 WHEN 'paid' THEN 4
       WHEN 'appointed' THEN 1 WHEN 'current' THEN 2 WHEN 'departing' THEN 3 WHEN 'former' THEN 4
       WHEN 'planned' THEN 1 WHEN 'awarded' THEN 2 END AS stage
// Paused, called off, blocked, withheld, refused, interim, reported and forecast have no place in an order.
WHERE stage IS NOT NULL
WITH fact, collect({id: s.id, day: s.published, stage: stage}) AS said, count(DISTINCT stage) AS stages
WHERE stages > 1
UNWIND said AS newer
UNWIND said AS older
WITH fact, newer, older
WHERE older.day < newer.day
// Each against the last that tells a stage on an earlier day.
WITH fact, newer.id AS told, newer.day AS day, newer.stage AS reached,
     max(older.day + '|' + older.id + '|' + toString(older.stage)) AS last
WITH fact, told, day, reached, split(last, '|') AS parts
WITH fact, told, day, reached, parts[1] AS earlier, toInteger(parts[2]) AS before
WHERE reached < before
WITH fact, told, day, earlier
ORDER BY day DESC, fact, told
LIMIT toInteger($limit)
MATCH (n:Statement {id: told})-[:STATED_IN]->(d:Briefing)
MATCH (n)-[:SUBJECT]->(a:Organisation|Person)
OPTIONAL MATCH (n)-[:OBJECT]->(b:Organisation|Person)
WITH n, d, a, b, earlier
MATCH (o:Statement {id: earlier})-[:STATED_IN]->(f:Briefing)
RETURN n.predicate AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id, b.name AS to_name,
       n.role AS role, n.form AS form, o.status AS older_status, n.status AS status,
       o.quote AS older_quote, f.title AS older_briefing, o.published AS older_published,
       n.quote AS quote, d.title AS briefing, n.published AS published,
       toInteger(substring(n.published, 0, 4)) * 12 + toInteger(substring(n.published, 5, 2))
       - (toInteger(substring(o.published, 0, 4)) * 12 + toInteger(substring(o.published, 5, 2))) AS months,
       o.id AS older_statement, n.id AS statement
ORDER BY published DESC, from_name, to_name, from_id, to_id, statement
LIMIT toInteger($limit)
