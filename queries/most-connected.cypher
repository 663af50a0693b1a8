// title: Most connected bodies and people
// question: Who has links to the largest number of others?
// tags: connections, overview
// param kind (kind, default ""): only entities of this kind, such as trust or person, empty for all
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column id (id): the body or person
// column name (string): its name
// column kind (string): what it is
// column others (integer): how many others it is linked to
// column links (integer): how many links that makes, a kind of fact and a pair each
// column last_seen (date): when a briefing last spoke of one of them

MATCH (o:Organisation|Person)
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]
      -(x:Organisation|Person)
WHERE o.id <> x.id AND ($kind = '' OR o.kind = $kind) AND coalesce(e.confidence, 1.0) >= $min_confidence
WITH o.id AS id, o.name AS name, o.kind AS kind, count(DISTINCT x.id) AS others, count(e) AS links,
     max(e.last_seen) AS last_seen
RETURN id, name, kind, others, links, last_seen
ORDER BY others DESC, links DESC, name, id
LIMIT $limit
