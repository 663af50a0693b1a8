// title: People with posts at several bodies
// question: Who holds or held posts at the most bodies?
// tags: people, connections, overview
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column id (id): the person
// column person (string): the person's name
// column bodies (integer): at how many bodies
// column present (integer): at how many of them they still are by the newest word: current, interim or departing
// column organisations (list): the names of the bodies
// column statements (integer): how many statements tell of these posts
// column first_seen (date): when a briefing first spoke of one
// column last_seen (date): when a briefing last spoke of one

// The sentences are in roles-of; people-between tells who links two bodies that you name.
MATCH (p:Person)-[e:HOLDS_ROLE]->(o:Organisation)
WHERE e.confidence >= $min_confidence
WITH p, count(*) AS bodies, sum(e.statements) AS statements,
     sum(CASE WHEN e.status IN ['current', 'interim', 'departing'] THEN 1 ELSE 0 END) AS present,
     min(e.first_seen) AS first_seen, max(e.last_seen) AS last_seen
WHERE bodies > 1
WITH p, bodies, present, statements, first_seen, last_seen
ORDER BY bodies DESC, present DESC, statements DESC, p.name, p.id
LIMIT toInteger($limit)
MATCH (p)-[e:HOLDS_ROLE]->(o:Organisation)
WHERE e.confidence >= $min_confidence
// Names in their order; the large LIMIT is for Ladybug, which needs one to sort.
WITH p, bodies, present, statements, first_seen, last_seen, o.name AS name
ORDER BY name
LIMIT 1000000
WITH p, bodies, present, statements, first_seen, last_seen, collect(name) AS organisations
RETURN p.id AS id, p.name AS person, bodies, present, organisations, statements, first_seen, last_seen
ORDER BY bodies DESC, present DESC, statements DESC, person, id
LIMIT toInteger($limit)
