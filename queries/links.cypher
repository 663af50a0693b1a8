// title: An organisation's or person's links
// question: How is this body or person linked to others, by each kind of link?
// tags: connections, overview
// param entity (entity, required): the body or person; example: NHS England
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column predicate (string): the kind of link
// column from_id (id): where it starts
// column from_name (string): its name
// column to_id (id): where it ends; a deficit ends where it starts
// column to_name (string): its name
// column status (string): newest status, if one is told
// column form (string): newest form, if one is told
// column amount (float, pounds): newest sum, if one is told
// column role (string): newest post, if one is told
// column rating (string): newest rating, if one is told
// column first_seen (date): when a briefing first spoke of it; for lineage, when it took effect
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements speak of it; `evidence` shows them
// column briefings (integer): in how many briefings
// column confidence (float, 0 to 1): how sure the extraction is

MATCH (a:Organisation|Person)
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF|DEFICIT
         |SUCCEEDED_BY]->(b:Organisation|Person)
WHERE (a.id = $entity OR b.id = $entity) AND coalesce(e.confidence, 1.0) >= $min_confidence
RETURN type(e) AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id, b.name AS to_name,
       e.status AS status, e.form AS form, e.amount AS amount, e.role AS role, e.rating AS rating,
       e.first_seen AS first_seen, e.last_seen AS last_seen, coalesce(e.statements, 0) AS statements,
       coalesce(e.briefings, 0) AS briefings, coalesce(e.confidence, 1.0) AS confidence
ORDER BY predicate, coalesce(last_seen, '') DESC, from_name, to_name, from_id, to_id
LIMIT $limit
