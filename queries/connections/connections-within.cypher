// title: All connections of a few steps
// question: In which ways are these two linked within a few steps, other than through those whom everybody deals with?
// tags: connections
// param from (entity, required): where to start; example: Gethin Strake
// param to (entity, required): where to arrive; example: Care Quality Commission
// param steps (integer, default 3): at most so many links, 1 to 3; example: 3
// param max_links (integer, default 40): not through those with more links, such as ministries; example: 500
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column hops (integer): how many links the way has
// column names (list): whom it passes, from one end to the other
// column predicates (list): what links each to the next; of more than two kinds the first and the last by name
// column ids (ids): the ids of those it passes; `evidence` shows the sentences between two

// Ways are put together from both ends, so that none is followed into the open. First, who is next to the start, and
// of them those whom a way may pass.
MATCH (a:Organisation|Person {id: $from})
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (x:Organisation|Person)
WHERE $from <> $to AND x.id <> $from AND e.confidence >= $min_confidence
WITH DISTINCT x
WITH x,
     COUNT { (x)-[:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]->() }
   + COUNT { (x)<-[:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-() }
     AS degree
WITH collect(CASE WHEN degree <= $max_links AND x.id <> $to THEN x.id ELSE '' END) AS left
// The same from the other end.
MATCH (b:Organisation|Person {id: $to})
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (y:Organisation|Person)
WHERE y.id <> $to AND e.confidence >= $min_confidence
WITH DISTINCT left, y
WITH left, y,
     COUNT { (y)-[:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]->() }
   + COUNT { (y)<-[:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-() }
     AS degree
WITH left, collect(CASE WHEN degree <= $max_links AND y.id <> $from THEN y.id ELSE '' END) AS right
// One step.
OPTIONAL MATCH (a:Organisation|Person {id: $from})
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (b:Organisation|Person {id: $to})
WHERE e.confidence >= $min_confidence
WITH left, right, a, b, min(type(e)) + CASE WHEN min(type(e)) = max(type(e)) THEN '' ELSE ', ' + max(type(e)) END AS k
WITH left, right, collect({to: b.id, hops: 1, names: [a.name, b.name], kinds: [k], ids: [a.id, b.id]}) AS ways
// Two. Each step is counted up before the next is looked for.
OPTIONAL MATCH (a:Organisation|Person {id: $from})
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (x:Organisation|Person)
WHERE $steps >= 2 AND x.id IN left AND e.confidence >= $min_confidence
WITH left, right, ways, a, x,
     min(type(e)) + CASE WHEN min(type(e)) = max(type(e)) THEN '' ELSE ', ' + max(type(e)) END AS k
OPTIONAL MATCH (x)
      -[f:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (b:Organisation|Person {id: $to})
WHERE f.confidence >= $min_confidence
WITH left, right, ways, a, x, b, k,
     min(type(f)) + CASE WHEN min(type(f)) = max(type(f)) THEN '' ELSE ', ' + max(type(f)) END AS l
WITH left, right, ways,
     collect({to: b.id, hops: 2, names: [a.name, x.name, b.name], kinds: [k, l], ids: [a.id, x.id, b.id]}) AS more
WITH left, right, ways + more AS ways
// Three.
OPTIONAL MATCH (a:Organisation|Person {id: $from})
      -[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (x:Organisation|Person)
WHERE $steps >= 3 AND x.id IN left AND e.confidence >= $min_confidence
WITH right, ways, a, x,
     min(type(e)) + CASE WHEN min(type(e)) = max(type(e)) THEN '' ELSE ', ' + max(type(e)) END AS k
OPTIONAL MATCH (x)
      -[f:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (y:Organisation|Person)
WHERE y.id IN right AND y.id <> x.id AND f.confidence >= $min_confidence
WITH ways, a, x, y, k, min(type(f)) + CASE WHEN min(type(f)) = max(type(f)) THEN '' ELSE ', ' + max(type(f)) END AS l
OPTIONAL MATCH (y)
      -[g:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF]-
      (b:Organisation|Person {id: $to})
WHERE g.confidence >= $min_confidence
WITH ways, a, x, y, b, k, l,
     min(type(g)) + CASE WHEN min(type(g)) = max(type(g)) THEN '' ELSE ', ' + max(type(g)) END AS m
WITH ways, collect({to: b.id, hops: 3, names: [a.name, x.name, y.name, b.name], kinds: [k, l, m],
                    ids: [a.id, x.id, y.id, b.id]}) AS more
WITH ways + more AS ways
UNWIND ways AS way
WITH way
WHERE way.to IS NOT NULL
WITH way.hops AS hops, way.names AS names, way.kinds AS predicates, way.ids AS ids
// Short ways are filled up, so that every way can be put in order stop by stop.
WITH hops, names, predicates, ids, ids + ['', '', ''] AS i
RETURN hops, names, predicates, ids
ORDER BY hops, i[1], i[2], i[3]
LIMIT toInteger($limit)
