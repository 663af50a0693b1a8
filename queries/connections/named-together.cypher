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
// column first_seen (date): when the oldest of them was published, empty where not known
// column last_seen (date): when the newest of them was published, empty where not known
// column linked (boolean): whether a fact links the two; `evidence` shows the sentences

MATCH (o:Organisation|Person {id: $entity})-[:MENTIONED_IN]->(d:Briefing)
WITH d, d.published AS published
MATCH (d)<-[:MENTIONED_IN]-(x)
WITH x, count(*) AS briefings, min(published) AS first_seen, max(published) AS last_seen
WHERE x.id <> $entity AND briefings >= $min_briefings
WITH x, briefings, first_seen, last_seen
ORDER BY briefings DESC, x.name, x.id
LIMIT toInteger($limit)
// Whom it is linked with is read once, from its own side.
MATCH (o:Organisation|Person {id: $entity})
WITH o, collect({id: x.id, name: x.name, kind: x.kind, briefings: briefings, first: first_seen, last: last_seen})
     AS found
OPTIONAL MATCH (o)-[:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
                  |SUCCEEDED_BY]-(y:Organisation|Person)
WITH found, collect(DISTINCT y.id) AS partners
UNWIND found AS x
RETURN x.id AS id, x.name AS name, x.kind AS kind, x.briefings AS briefings, x.first AS first_seen,
       x.last AS last_seen, x.id IN partners AS linked
ORDER BY briefings DESC, name, id
LIMIT toInteger($limit)
