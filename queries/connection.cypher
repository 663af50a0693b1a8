// title: Shortest connection between two
// question: Through whom are two bodies or people linked, by the fewest hops?
// tags: connections
// param from (entity, required): where to start; example: Bolton NHS Foundation Trust
// param to (entity, required): where to arrive, at most six hops away; example: NHS England
// param limit (integer, default 50): give at most this many rows; example: 20
// column hops (integer): how many links the way has; all rows have the same number
// column names (list): whom it passes, from one end to the other
// column predicates (list): what links each to the next, in either direction; `evidence` shows the sentences
// column statuses (list): each link's newest status, empty where none is told
// column ids (ids): the ids of those it passes

MATCH (a:Organisation|Person {id: $from})
MATCH (b:Organisation|Person {id: $to})
MATCH p = allShortestPaths((a)-[:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF
                               |SUCCEEDED_BY*1..6]-(b))
WITH length(p) AS hops, [x IN nodes(p) | x.name] AS names, [e IN relationships(p) | type(e)] AS predicates,
     [e IN relationships(p) | coalesce(e.status, '')] AS statuses, [x IN nodes(p) | x.id] AS ids
RETURN DISTINCT hops, names, predicates, statuses, ids
ORDER BY ids[1], ids[2], ids[3], ids[4], ids[5],
         predicates[0], predicates[1], predicates[2], predicates[3], predicates[4], predicates[5],
         statuses[0], statuses[1], statuses[2], statuses[3], statuses[4], statuses[5]
LIMIT $limit
