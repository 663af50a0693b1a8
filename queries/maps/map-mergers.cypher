// title: Map: merger talks
// question: Who has been in talks with whom, and what came of it?
// tags: maps, mergers
// param status (status of MERGER_TALKS, default ""): only talks at this stage, such as agreed, empty for all
// param since (date, default ""): only talks spoken of on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 200): draw at most this many links; example: 20
// column from_node (node): where the link starts
// column link (relationship): the link, with its status, sum and dates; `evidence` shows its sentences
// column to_node (node): where it ends

MATCH (a:Organisation)-[e:MERGER_TALKS]->(b:Organisation)
WHERE e.confidence >= $min_confidence AND ($status = '' OR e.status = $status) AND coalesce(e.last_seen, '') >= $since
WITH a, e, b
ORDER BY coalesce(e.last_seen, '') DESC, a.id, b.id, type(e)
LIMIT toInteger($limit)
RETURN a AS from_node, e AS link, b AS to_node
ORDER BY a.id, b.id, type(e)
LIMIT toInteger($limit)
