// title: Named together
// question: Which bodies and people are named in the same briefings as this one, linked or not?
// tags: connections, briefings
// param entity (entity, required): the body or person; example: Care Quality Commission
// param min_briefings (integer, default 1): only those named together in this many briefings or more; example: 1
// param limit (integer, default 50): give at most this many rows; example: 20
// column id (id): who is named with it
// column name (string): its name
// column kind (string): what it is
// column briefings (integer): how many briefings name both
// column last_seen (date): when the newest of them was published

MATCH (o:Organisation|Person {id: $entity})-[:MENTIONED_IN]->(d:Briefing)
MATCH (d)<-[:MENTIONED_IN]-(x:Organisation|Person)
WHERE x.id <> o.id
WITH x.id AS id, x.name AS name, x.kind AS kind, count(DISTINCT d.id) AS briefings, max(d.published) AS last_seen
WHERE briefings >= $min_briefings
RETURN id, name, kind, briefings, last_seen
ORDER BY briefings DESC, name, id
LIMIT $limit
