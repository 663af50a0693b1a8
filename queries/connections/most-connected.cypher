// title: Most connected bodies and people
// question: Who has the most links, and to how many others?
// tags: connections, overview
// scan: everybody is ranked
// param kind (kind, default ""): only entities of this kind, such as trust or person, empty for all
// param limit (integer, default 20): give at most this many rows; example: 20
// column id (id): the body or person; `links` shows its links with their sentences
// column name (string): its name
// column kind (string): what it is
// column links (integer): how many links with others it has, a kind of fact and a pair each, however sure
// column others (integer): how many others that makes
// column statements (integer): how many statements speak of them
// column first_seen (date): when a briefing first spoke of one of them
// column last_seen (date): when a briefing last spoke of one of them

MATCH (o:Organisation|Person)
      -[:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-(x)
WHERE ($kind = '' OR o.kind = $kind) AND x <> o
// Links are counted without reading them; what they hold is read for the first alone.
WITH o, count(x) AS degree
ORDER BY degree DESC, o.id
LIMIT toInteger($limit)
MATCH (o)-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-(x)
WHERE x <> o
WITH o, count(e) AS links, count(DISTINCT x) AS others, sum(e.statements) AS statements,
     min(e.first_seen) AS first_seen, max(e.last_seen) AS last_seen
RETURN o.id AS id, o.name AS name, o.kind AS kind, links, others, statements, first_seen, last_seen
ORDER BY links DESC, name, id
LIMIT toInteger($limit)
