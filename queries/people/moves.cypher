// title: Who moved from one body to another
// question: Who has left a post at one body and taken one at another?
// tags: people, timeline
// param since (date, default ""): only where the post left was spoken of on or after this day; example: 2014-01-01
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column person_id (id): the person
// column person (string): the person's name
// column from_id (id): the body that the person left
// column left (string): its name
// column left_role (string): the post there
// column left_status (string): former, or departing (told to be leaving)
// column to_id (id): the body that the person went to
// column joined (string): its name
// column role (string): the post there
// column status (string): appointed, current or interim, as of the briefing
// column left_quote (string): the newest sentence that tells of the leaving
// column left_briefing (string): title of the briefing it stands in
// column left_published (date): when that briefing was published, empty where not known
// column quote (string): the newest sentence that tells of the new post
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known

// A move: by the newest word the person has left (or leaves) one body; at the other they were told to be appointed,
// current or interim. Not so where they held the first post when, or after, they were told to hold the second (two
// posts at once are no move), or where a reorganisation took them along to their body's successor.
MATCH (p:Person)-[e:HOLDS_ROLE]->(a:Organisation)
WHERE e.status IN ['former', 'departing'] AND e.confidence >= $min_confidence AND coalesce(e.last_seen, '') >= $since
// Sorted first, so that Neo4j looks at no more than is shown. The large LIMIT is for Ladybug, which needs one to sort.
WITH p, e, a, coalesce(e.last_seen, '') AS told, p.name AS person, p.id AS person_id, a.id AS from_id
ORDER BY told DESC, person, person_id, from_id
LIMIT 1000000
MATCH (p)-[f:HOLDS_ROLE]->(b:Organisation)
WHERE f.confidence >= $min_confidence AND b.id <> from_id
  AND EXISTS { MATCH (p)<-[:SUBJECT]-(t:Statement {predicate: 'HOLDS_ROLE'})-[:OBJECT]->(b)
               WHERE t.status IN ['appointed', 'current', 'interim'] AND coalesce(t.review, '') <> 'rejected'
                 AND (t.confidence >= $min_confidence OR t.review = 'confirmed') }
  AND NOT EXISTS { MATCH (a)<-[:OBJECT]-(h:Statement {predicate: 'HOLDS_ROLE'})-[:SUBJECT]->(p)
                         <-[:SUBJECT]-(t:Statement {predicate: 'HOLDS_ROLE'})-[:OBJECT]->(b)
                   WHERE h.status IN ['current', 'interim'] AND coalesce(h.review, '') <> 'rejected'
                     AND t.status = 'current' AND coalesce(t.review, '') <> 'rejected'
                     AND h.published >= t.published }
  AND NOT EXISTS { MATCH (p)<-[:SUBJECT]-(h:Statement {predicate: 'HOLDS_ROLE'})-[:OBJECT]->(a)
                   WHERE h.status IN ['current', 'interim'] AND coalesce(h.review, '') <> 'rejected'
                     AND h.published > f.last_seen }
  AND NOT EXISTS { MATCH (a)-[:SUCCEEDED_BY*1..8]->(b) }
WITH p, a, b, told, person, person_id, from_id, b.id AS to_id
ORDER BY told DESC, person, person_id, from_id, to_id
LIMIT toInteger($limit)
WITH p, a, b, told, 'HOLDS_ROLE|' + p.id + '|' + a.id AS link
MATCH (s:Statement {edge: link})
WHERE s.status IN ['former', 'departing'] AND coalesce(s.review, '') <> 'rejected'
WITH p, a, b, told, max(coalesce(s.published, '0000-00-00') + s.id) AS newest_left
WITH p, a, b, told, newest_left, 'HOLDS_ROLE|' + p.id + '|' + b.id AS next_link
MATCH (t:Statement {edge: next_link})
WHERE t.status IN ['appointed', 'current', 'interim'] AND coalesce(t.review, '') <> 'rejected'
  AND (t.confidence >= $min_confidence OR t.review = 'confirmed')
WITH p, a, b, told, newest_left, max(coalesce(t.published, '0000-00-00') + t.id) AS newest
MATCH (m:Statement {id: substring(newest_left, 10, 80)})-[:STATED_IN]->(g:Briefing)
WITH p, a, b, told, m, g, newest
MATCH (n:Statement {id: substring(newest, 10, 80)})-[:STATED_IN]->(d:Briefing)
RETURN p.id AS person_id, p.name AS person, a.id AS from_id, a.name AS left, m.role AS left_role,
       m.status AS left_status, b.id AS to_id, b.name AS joined, n.role AS role, n.status AS status,
       m.quote AS left_quote, g.title AS left_briefing, m.published AS left_published,
       n.quote AS quote, d.title AS briefing, n.published AS published
ORDER BY told DESC, person, person_id, from_id, to_id
LIMIT toInteger($limit)
