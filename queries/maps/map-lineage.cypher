// title: Map: a body's lineage
// question: Which bodies came before and after this one?
// tags: maps, structure
// param organisation (organisation, required): the body; example: Manchester University NHS Foundation Trust
// param limit (integer, default 200): draw at most this many links; example: 20
// column from_node (node): where the link starts
// column link (relationship): the link, with its status, sum and dates; `evidence` shows its sentences
// column to_node (node): where it ends

MATCH (o:Organisation {id: $organisation})
OPTIONAL MATCH (x:Organisation)-[:SUCCEEDED_BY*1..8]->(o)
WITH o, collect(DISTINCT x.id) AS before
OPTIONAL MATCH (o)-[:SUCCEEDED_BY*1..8]->(y:Organisation)
WITH o, before, collect(DISTINCT y.id) AS after
// Each predecessor leads on to the next; so does the body itself, and each successor.
UNWIND before + after + [o.id] AS one
WITH DISTINCT one, before + after + [o.id] AS line
MATCH (a:Organisation {id: one})-[e:SUCCEEDED_BY]->(b:Organisation)
WHERE b.id IN line
WITH a, e, b
ORDER BY coalesce(e.date, '') DESC, a.id, b.id
LIMIT toInteger($limit)
RETURN a AS from_node, e AS link, b AS to_node
ORDER BY a.id, b.id, type(e)
LIMIT toInteger($limit)
