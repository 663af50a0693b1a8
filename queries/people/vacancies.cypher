// title: Vacancies and interim posts
// question: Which posts are held for the time being, or have nobody told to follow who leaves or left them?
// tags: people
// param post (string, default ""): only posts with these words, such as chief executive, empty for all
// param since (date, default ""): only those spoken of on or after this day, empty for all; example: 2014-01-01
// param any_former (boolean, default false): also posts whose holder is only ever told of as former; example: true
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the person who holds, leaves or left the post
// column person (string): the person's name
// column to_id (id): the body
// column organisation (string): its name
// column post (string): the post, without interim or acting
// column status (string): interim, departing or former
// column first_seen (date): when a briefing first spoke of it
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements speak of it
// column quote (string): the newest sentence that tells this status
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

// A post counts as filled where somebody else was told to hold or take it since. Whoever is only ever told of as
// former left nobody knows when, so they count on request alone, and then any holder at all has followed them.
// Bodies that have a successor have no vacancies.
MATCH (p:Person)-[e:HOLDS_ROLE]->(o:Organisation)
WHERE e.status IN ['interim', 'departing', 'former'] AND e.confidence >= $min_confidence AND e.role IS NOT NULL
  AND coalesce(e.last_seen, '') >= $since AND ($post = '' OR toLower(e.role) CONTAINS toLower($post))
// Sorted first, so that Neo4j looks at no more than is shown. The large LIMIT is for Ladybug, which needs one to sort.
WITH p, e, o, coalesce(e.last_seen, '') AS told, o.name AS organisation, o.id AS to_id, p.id AS from_id,
     replace(replace(replace(toLower(e.role), 'interim ', ''), 'acting ', ''), 'chairman', 'chair') AS post
ORDER BY told DESC, organisation, to_id, post, from_id
LIMIT 1000000
WHERE NOT EXISTS { MATCH (o)-[:SUCCEEDED_BY]->(:Organisation) }
WITH p, e, o, told, organisation, to_id, from_id, post,
     EXISTS { MATCH (p)<-[:SUBJECT]-(h:Statement {predicate: 'HOLDS_ROLE'})-[:OBJECT]->(o)
              WHERE h.status <> 'former' AND coalesce(h.review, '') <> 'rejected' } AS known
WHERE (known OR $any_former)
  AND NOT EXISTS {
    MATCH (o)<-[:OBJECT]-(t:Statement {predicate: 'HOLDS_ROLE'})-[:SUBJECT]->(q:Person)
    WHERE q.id <> from_id
      AND (t.confidence >= $min_confidence OR t.review = 'confirmed') AND coalesce(t.review, '') <> 'rejected'
      AND replace(replace(replace(toLower(t.role), 'interim ', ''), 'acting ', ''), 'chairman', 'chair') = post
      AND coalesce(t.published, '') >= CASE WHEN e.status <> 'former' THEN told
                                            WHEN known THEN e.first_seen ELSE '' END
      AND (t.status IN ['current', 'appointed']
           OR t.status = 'interim' AND e.status <> 'interim'
           OR t.status IN ['interim', 'departing'] AND t.published > told) }
WITH p, e, o, told, organisation, to_id, post, from_id
ORDER BY told DESC, organisation, to_id, post, from_id
LIMIT toInteger($limit)
WITH p, e, o, told, organisation, to_id, post, from_id, 'HOLDS_ROLE|' + from_id + '|' + to_id AS link
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected' AND s.status = e.status
WITH p, e, o, told, organisation, to_id, post, from_id,
     substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN from_id, p.name AS person, to_id, organisation, post, e.status AS status,
       e.first_seen AS first_seen, e.last_seen AS last_seen, e.statements AS statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, e.confidence AS confidence
ORDER BY told DESC, organisation, to_id, post, from_id
LIMIT toInteger($limit)
