// title: Map: one body's or person's links
// question: What does the neighbourhood of this body or person look like?
// tags: maps, connections
// param entity (entity, required): the body or person; example: NHS England
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 200): draw at most this many links; example: 20
// column from_node (node): where the link starts
// column link (relationship): the link, with its status, sum and dates; `evidence` shows its sentences
// column to_node (node): where it ends

MATCH (o:Organisation|Person {id: $entity})
// Links that start here, then those that end here: a link from the body to itself (a deficit) comes once.
OPTIONAL MATCH (o)-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
                    |DEFICIT|SUCCEEDED_BY]->(x:Organisation|Person)
WITH o, collect({a: o, e: e, b: x}) AS out
OPTIONAL MATCH (o)<-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
                     |SUCCEEDED_BY]-(x:Organisation|Person)
WHERE x.id <> o.id
WITH out, collect({a: x, e: e, b: o}) AS come
UNWIND out + come AS link
WITH link.a AS a, link.e AS e, link.b AS b
WHERE a.id IS NOT NULL AND b.id IS NOT NULL AND coalesce(e.confidence, 1.0) >= $min_confidence
WITH a, e, b
ORDER BY coalesce(e.last_seen, '') DESC, a.id, b.id, type(e)
LIMIT toInteger($limit)
RETURN a AS from_node, e AS link, b AS to_node
ORDER BY a.id, b.id, type(e)
LIMIT toInteger($limit)
