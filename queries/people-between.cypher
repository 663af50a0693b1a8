// title: People who link two organisations
// question: Who holds or held posts at both of two bodies?
// tags: people, connections
// param organisation (organisation, default ""): one of the two, empty for any; example: NHS England
// param min_confidence (float, default 0.0): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column person_id (id): the person
// column person (string): the person's name
// column from_id (id): one body
// column organisation (string): its name
// column role (string): a post there
// column status (string): current, appointed, interim, departing or former, as of the briefing
// column to_id (id): the other body
// column other (string): its name
// column other_role (string): a post there
// column other_status (string): its status
// column quote (string): the sentence about the first post
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column other_quote (string): the sentence about the second post
// column other_briefing (string): title of the briefing it stands in
// column other_published (date): when that briefing was published, empty where not known

MATCH (p:Person)<-[:SUBJECT]-(s:Statement {predicate: 'HOLDS_ROLE'})-[:OBJECT]->(a:Organisation)
WHERE s.confidence >= $min_confidence AND coalesce(s.review, '') <> 'rejected' AND ($organisation = '' OR a.id = $organisation)
MATCH (p)<-[:SUBJECT]-(t:Statement {predicate: 'HOLDS_ROLE'})-[:OBJECT]->(b:Organisation)
WHERE t.confidence >= $min_confidence AND coalesce(t.review, '') <> 'rejected'
  AND (a.id < b.id OR ($organisation <> '' AND a.id <> b.id))
MATCH (s)-[:STATED_IN]->(d:Briefing)
MATCH (t)-[:STATED_IN]->(f:Briefing)
RETURN p.id AS person_id, p.name AS person, a.id AS from_id, a.name AS organisation, s.role AS role, s.status AS status,
       b.id AS to_id, b.name AS other, t.role AS other_role, t.status AS other_status,
       s.quote AS quote, d.title AS briefing, s.published AS published,
       t.quote AS other_quote, f.title AS other_briefing, t.published AS other_published
ORDER BY p.name, p.id, a.name, b.name, s.id, t.id
LIMIT $limit
