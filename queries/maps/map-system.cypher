// title: Map: a system
// question: Who belongs to this system, and how are they linked with each other?
// tags: maps, structure
// param system (organisation, required): the system, or any other whole; example: Devon Integrated Care System
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 200): draw at most this many links; example: 20
// column from_node (node): where the link starts
// column link (relationship): the link, with its status, sum and dates; `evidence` shows its sentences
// column to_node (node): where it ends

MATCH (o:Organisation {id: $system})
OPTIONAL MATCH (o)<-[p:PART_OF]-(m:Organisation)
WHERE coalesce(p.confidence, 1.0) >= $min_confidence
WITH o, collect(DISTINCT m.id) AS members
WITH members + [o.id] AS inside
UNWIND inside AS one
WITH DISTINCT one, inside
MATCH (a:Organisation {id: one})
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
         |DEFICIT|SUCCEEDED_BY]->(b:Organisation)
WHERE b.id IN inside AND coalesce(e.confidence, 1.0) >= $min_confidence
WITH a, e, b
// Who belongs to it comes first.
ORDER BY CASE WHEN type(e) = 'PART_OF' THEN 0 ELSE 1 END, coalesce(e.last_seen, '') DESC, a.id, b.id, type(e)
LIMIT toInteger($limit)
RETURN a AS from_node, e AS link, b AS to_node
ORDER BY a.id, b.id, type(e)
LIMIT toInteger($limit)
