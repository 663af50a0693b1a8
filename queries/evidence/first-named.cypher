// title: First named by a briefing
// question: Which bodies and people did no briefing name before this one?
// tags: briefings, news
// param briefing (briefing, required): the briefing's id, title or file name; example: 2024-09-17-ward-round.txt
// param limit (integer, default 50): give at most this many rows; example: 20
// column id (id): the body or person
// column name (string): its name
// column kind (string): what it is
// column mentions (integer): how often this briefing names it
// column names (list): the names that it uses
// column later (integer): how many briefings have named it since, or the same day; `mentions` lists them
// column briefing (string): the briefing's title
// column published (date): when it was published, empty where not known

MATCH (d:Briefing {id: $briefing})<-[m:MENTIONED_IN]-(x:Organisation|Person)
WITH d, m, x, coalesce(d.published, '') AS day
// A briefing without a date counts as older than all that have one.
MATCH (x)-[:MENTIONED_IN]->(o:Briefing)
WITH d, m, x, day, min(coalesce(o.published, '')) AS first, count(o) AS briefings
WHERE first = day
RETURN x.id AS id, x.name AS name, x.kind AS kind, m.count AS mentions, m.names AS names, briefings - 1 AS later,
       d.title AS briefing, d.published AS published
ORDER BY name, id
LIMIT toInteger($limit)
