// title: Briefings that name a body or person
// question: Where is this body or person named, how often and as what?
// tags: briefings
// param entity (entity, required): the body or person; example: Care Quality Commission
// param limit (integer, default 50): give at most this many rows; example: 20
// column id (id): the body or person
// column published (date): when the briefing was published, empty where not known
// column briefing (string): its title
// column briefing_id (string): its id, for `briefing-says` or `forget`
// column source (string): where it came from, if known
// column mentions (integer): how often it names it
// column names (list): the names that it uses

MATCH (o:Organisation|Person {id: $entity})-[m:MENTIONED_IN]->(d:Briefing)
WITH o, m, d
ORDER BY coalesce(d.published, '') DESC, d.title, d.id
LIMIT toInteger($limit)
RETURN o.id AS id, d.published AS published, d.title AS briefing, d.id AS briefing_id, d.source AS source,
       m.count AS mentions, m.names AS names
ORDER BY coalesce(d.published, '') DESC, d.title, d.id
LIMIT toInteger($limit)
