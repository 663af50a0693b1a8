// title: People who link two organisations
// question: Who holds or held posts at both of these bodies?
// tags: people, connections
// param organisation (organisation, required): one body; example: Ellermouth Hospitals
// param other (organisation, required): the other body; example: NHS England
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column person_id (id): the person
// column person (string): the person's name
// column from_id (id): one body
// column organisation (string): its name
// column role (string): the post there that was told of last
// column status (string): current, appointed, interim, departing or former, as of that briefing
// column to_id (id): the other body
// column other (string): its name
// column other_role (string): the post there that was told of last
// column other_status (string): its status
// column quote (string): the newest sentence about the first body
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column other_quote (string): the newest sentence about the second body
// column other_briefing (string): title of the briefing it stands in
// column other_published (date): when that briefing was published, empty where not known

// people-linking tells who links the most bodies of all; moves-between, who went from one of two to the other.
MATCH (a:Organisation {id: $organisation})<-[e:HOLDS_ROLE]-(p:Person)-[f:HOLDS_ROLE]->(b:Organisation {id: $other})
WHERE e.confidence >= $min_confidence AND f.confidence >= $min_confidence AND a.id <> b.id
WITH p, e, a, f, b
ORDER BY p.name, p.id
LIMIT toInteger($limit)
WITH p, e, a, f, b, 'HOLDS_ROLE|' + p.id + '|' + a.id AS link
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected'
WITH p, e, a, f, b, max(coalesce(s.published, '0000-00-00') + s.id) AS newest
WITH p, e, a, f, b, newest, 'HOLDS_ROLE|' + p.id + '|' + b.id AS next_link
MATCH (t:Statement {edge: next_link})
WHERE coalesce(t.review, '') <> 'rejected'
WITH p, e, a, f, b, newest, max(coalesce(t.published, '0000-00-00') + t.id) AS other_newest
MATCH (n:Statement {id: substring(newest, 10, 80)})-[:STATED_IN]->(d:Briefing)
WITH p, e, a, f, b, n, d, other_newest
MATCH (m:Statement {id: substring(other_newest, 10, 80)})-[:STATED_IN]->(g:Briefing)
RETURN p.id AS person_id, p.name AS person, a.id AS from_id, a.name AS organisation, e.role AS role, e.status AS status,
       b.id AS to_id, b.name AS other, f.role AS other_role, f.status AS other_status,
       n.quote AS quote, d.title AS briefing, n.published AS published,
       m.quote AS other_quote, g.title AS other_briefing, m.published AS other_published
ORDER BY person, person_id
LIMIT toInteger($limit)
