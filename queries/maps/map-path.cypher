// title: Map: the ways between two
// question: What do the shortest ways between these two look like?
// tags: maps, connections
// param from (entity, required): where to start; example: Gethin Strake
// param to (entity, required): where to arrive, at most six links away; example: Care Quality Commission
// param limit (integer, default 200): draw at most this many links; example: 20
// column from_node (node): where the link starts
// column link (relationship): the link, with its status, sum and dates; `evidence` shows its sentences
// column to_node (node): where it ends

// Both ids stand in the pattern, so that each store starts from them; where they are the same there is no way.
MATCH p = allShortestPaths(
  (x:Organisation|Person {id: $from})
  -[:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
     |SUCCEEDED_BY*1..6]-
  (y:Organisation|Person {id: $to})
)
WHERE $from <> $to
WITH DISTINCT [n IN nodes(p) | n.id] + ['', '', '', '', '', ''] AS ids
// Every step of every way, either way round; then all links that there are between two neighbours on a way.
UNWIND [ids[0] + '|' + ids[1], ids[1] + '|' + ids[2], ids[2] + '|' + ids[3], ids[3] + '|' + ids[4],
        ids[4] + '|' + ids[5], ids[5] + '|' + ids[6], ids[1] + '|' + ids[0], ids[2] + '|' + ids[1],
        ids[3] + '|' + ids[2], ids[4] + '|' + ids[3], ids[5] + '|' + ids[4], ids[6] + '|' + ids[5]] AS step
WITH DISTINCT step, split(step, '|') AS parts
WITH step, parts[0] AS source
WITH collect(step) AS steps, collect(DISTINCT source) AS sources
MATCH (a:Organisation|Person)
WHERE a.id IN sources
MATCH (a)-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
         |SUCCEEDED_BY]->(b:Organisation|Person)
WHERE (a.id + '|' + b.id) IN steps
WITH a, e, b
ORDER BY coalesce(e.last_seen, '') DESC, a.id, b.id, type(e)
LIMIT toInteger($limit)
RETURN a AS from_node, e AS link, b AS to_node
ORDER BY a.id, b.id, type(e)
LIMIT toInteger($limit)
