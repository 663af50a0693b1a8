// title: Predecessors and successors
// question: Which bodies became this one, and what became of it?
// tags: lineage
// param organisation (organisation, required): the body; example: Manchester University NHS Foundation Trust
// param limit (integer, default 50): give at most this many rows; example: 20
// column direction (string): predecessor or successor, seen from the body asked about
// column from_id (id): the earlier body
// column predecessor (string): its name
// column to_id (id): the later body
// column successor (string): its name
// column date (date): when the one passed into the other, empty where not known
// column kind (string): merger, rename, split and the like

MATCH (o:Organisation {id: $organisation})
MATCH (x:Organisation)-[:SUCCEEDED_BY*0..8]->(o)
WITH o, collect(DISTINCT x.id) AS earlier
MATCH (o)-[:SUCCEEDED_BY*0..8]->(y:Organisation)
WITH earlier, collect(DISTINCT y.id) AS later
// Only steps between these: what else a predecessor became is another story.
UNWIND earlier + later AS id
WITH DISTINCT earlier, later, id
MATCH (a:Organisation {id: id})-[e:SUCCEEDED_BY]->(b:Organisation)
WHERE b.id IN earlier OR a.id IN later
RETURN CASE WHEN a.id IN later THEN 'successor' ELSE 'predecessor' END AS direction,
       a.id AS from_id, a.name AS predecessor, b.id AS to_id, b.name AS successor, e.date AS date, e.kind AS kind
ORDER BY direction, coalesce(date, ''), predecessor, successor, from_id, to_id
LIMIT toInteger($limit)
