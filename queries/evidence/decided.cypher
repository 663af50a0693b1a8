// title: What people confirmed or rejected
// question: Which facts did people judge, how, who did, and what do those facts say?
// tags: evidence, review
// scan: judgements are few and kept apart; each is looked at
// param judgement (string, default ""): confirmed or rejected, empty for both
// param limit (integer, default 50): give at most this many rows; example: 20
// column judgement (string): confirmed, which counts as sure, or rejected, which no other query shows
// column user (string): who decided, if told
// column made (string): when, if told
// column note (string): why, if told
// column predicate (string): the kind of fact
// column from_id (id): its subject
// column from_name (string): the subject's name
// column to_id (id): its object, empty for a deficit
// column to_name (string): the object's name
// column status (string): as the briefing puts it, if it does
// column form (string): as the briefing puts it, if it does
// column amount (float, pounds): the sum told, if any
// column role (string): the post told, if any
// column rating (string): the rating told, if any
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (j:Decision)
WHERE j.judgement IN ['confirm', 'reject']
// The last judgement of a statement is the one that counts.
WITH j.left AS judged, max(j.number) AS newest
MATCH (s:Statement {id: judged})
WHERE s.review IS NOT NULL AND ($judgement = '' OR s.review = $judgement)
WITH judged, newest
ORDER BY newest DESC, judged
LIMIT toInteger($limit)
MATCH (j:Decision)
WHERE j.number = newest
WITH j, judged
MATCH (s:Statement {id: judged})-[:STATED_IN]->(d:Briefing)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Organisation|Person)
RETURN s.review AS judgement, j.user AS user, j.made AS made, j.note AS note, s.predicate AS predicate,
       a.id AS from_id, a.name AS from_name, b.id AS to_id, b.name AS to_name,
       s.status AS status, s.form AS form, s.amount AS amount, s.role AS role, s.rating AS rating,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY j.number DESC, s.id
LIMIT toInteger($limit)
