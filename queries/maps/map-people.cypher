// title: Map: people who link bodies
// question: Which people have held posts at several bodies, and where?
// tags: maps, people
// param min_bodies (integer, default 2): only people with posts at this many bodies or more; example: 2
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 200): draw at most this many links; example: 20
// column from_node (node): where the link starts
// column link (relationship): the link, with its status, sum and dates; `evidence` shows its sentences
// column to_node (node): where it ends

MATCH (a:Person)-[e:HOLDS_ROLE]->(b:Organisation)
WHERE e.confidence >= $min_confidence
WITH a, count(DISTINCT b) AS bodies, collect({e: e, b: b}) AS posts
WHERE bodies >= $min_bodies
// Those with most bodies first, each with all their posts.
UNWIND posts AS post
WITH a, bodies, post.e AS e, post.b AS b
ORDER BY bodies DESC, a.id, b.id
LIMIT toInteger($limit)
RETURN a AS from_node, e AS link, b AS to_node
ORDER BY a.id, b.id, type(e)
LIMIT toInteger($limit)
