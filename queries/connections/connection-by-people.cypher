// title: Shortest connection by people
// question: Through whose posts are two bodies or people linked, by the fewest hops?
// tags: connections
// param from (entity, required): where to start; example: Ellermouth Hospitals
// param to (entity, required): where to arrive, at most six hops away; example: NHS England
// param limit (integer, default 50): give at most this many rows; example: 20
// column hops (integer): how many links the way has; all rows have the same number
// column names (list): whom it passes, from one end to the other
// column roles (list): each post, empty where the briefings do not name it
// column statuses (list): each link's newest status, empty where none is told
// column last_seen (list): when a briefing last spoke of each link, empty where not known
// column confidences (list): how sure the extraction of each link is, 0 to 1
// column ids (ids): the ids of those it passes; `evidence` shows the sentences between two

// Both ids stand in the pattern, so that each store starts from them; where they are the same there is no way.
MATCH p = allShortestPaths(
  (a:Organisation|Person {id: $from})
  -[:HOLDS_ROLE*1..6]-
  (b:Organisation|Person {id: $to})
)
WHERE $from <> $to
WITH DISTINCT size(relationships(p)) AS hops, [x IN nodes(p) | x.name] AS names,
     [e IN relationships(p) | coalesce(e.role, '')] AS roles,
     [e IN relationships(p) | coalesce(e.status, '')] AS statuses,
     [e IN relationships(p) | coalesce(e.last_seen, '')] AS last_seen,
     [e IN relationships(p) | coalesce(e.confidence, 1.0)] AS confidences, [x IN nodes(p) | x.id] AS ids
// Shorter ways are filled up, so that every way can be put in order stop by stop.
WITH hops, names, roles, statuses, last_seen, confidences, ids,
     ids + ['', '', '', '', ''] AS i, roles + ['', '', '', '', ''] AS k, statuses + ['', '', '', '', ''] AS s,
     last_seen + ['', '', '', '', ''] AS d
RETURN hops, names, roles, statuses, last_seen, confidences, ids
ORDER BY i[1], i[2], i[3], i[4], i[5], k[0], k[1], k[2], k[3], k[4], k[5], s[0], s[1], s[2], s[3], s[4], s[5],
         d[0], d[1], d[2], d[3], d[4], d[5]
LIMIT toInteger($limit)
