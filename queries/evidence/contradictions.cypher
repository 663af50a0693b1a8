// title: Contradictions between briefings
// question: Where do two briefings of about the same time give one fact another status, or another sum?
// tags: evidence, review
// param predicate (predicate, required): the kind of fact; example: COMMISSIONED
// param since (date, required): only what was published on or after this day; example: 2014-01-01
// param months (integer, default 1): at most so many calendar months apart; example: 24
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
// column older_amount (float, pounds): the sum that the older one tells, if any
// column amount (float, pounds): the sum that the newer one tells, if any
// column older_quote (string): the older sentence
// column older_briefing (string): title of the older briefing
// column older_published (date): when it was published
// column quote (string): the newer sentence
// column briefing (string): title of the newer briefing
// column published (date): when it was published
// column months (integer): calendar months from the one to the other
// column older_statement (string): the older statement's id, for `review`
// column statement (string): the newer one's

// A kind of fact and a first day keep this to an index; `status-reversals` finds what went back at any distance.
MATCH (s:Statement)
WHERE s.predicate = $predicate AND s.published >= $since AND s.edge IS NOT NULL
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
// One fact: the same pair, and the same post or form where one is told.
WITH s.edge + '|' + coalesce(s.role, '') + '|' + coalesce(s.form, '') AS fact, s
MATCH (s)-[:STATED_IN]->(d:Briefing)
WITH fact, s, d, toInteger(substring(s.published, 0, 4)) * 12 + toInteger(substring(s.published, 5, 2)) AS month
WITH fact, collect({id: s.id, day: s.published, month: month,
                    status: s.status, amount: s.amount, briefing: d.id}) AS said, count(DISTINCT d) AS briefings,
     count(DISTINCT s.status) AS statuses, count(DISTINCT s.amount) AS amounts
WHERE briefings > 1 AND (statuses > 1 OR amounts > 1)
UNWIND said AS newer
UNWIND said AS older
WITH fact, newer, older
WHERE older.day + older.id < newer.day + newer.id AND newer.month - older.month <= $months
  AND older.briefing <> newer.briefing
  AND (coalesce(older.status <> newer.status, false) OR coalesce(older.amount <> newer.amount, false))
// Of several older sentences that contradict a newer one, the last.
WITH fact, newer.id AS told, newer.day AS day, max(older.day + older.id) AS last
ORDER BY day DESC, fact, told
LIMIT toInteger($limit)
WITH told, substring(last, 10, 80) AS earlier
MATCH (n:Statement {id: told})-[:STATED_IN]->(d:Briefing)
MATCH (n)-[:SUBJECT]->(a:Organisation|Person)
OPTIONAL MATCH (n)-[:OBJECT]->(b:Organisation|Person)
WITH n, d, a, b, earlier
MATCH (o:Statement {id: earlier})-[:STATED_IN]->(f:Briefing)
RETURN n.predicate AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id, b.name AS to_name,
       n.role AS role, n.form AS form, o.status AS older_status, n.status AS status,
       o.amount AS older_amount, n.amount AS amount, o.quote AS older_quote, f.title AS older_briefing,
       o.published AS older_published, n.quote AS quote, d.title AS briefing, n.published AS published,
       toInteger(substring(n.published, 0, 4)) * 12 + toInteger(substring(n.published, 5, 2))
       - (toInteger(substring(o.published, 0, 4)) * 12 + toInteger(substring(o.published, 5, 2))) AS months,
       o.id AS older_statement, n.id AS statement
ORDER BY published DESC, from_name, to_name, from_id, to_id, statement
LIMIT toInteger($limit)
