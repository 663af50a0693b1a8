// title: Map: all that a briefing links
// question: Whom does this briefing link, and how do those links stand?
// tags: maps, briefings
// param briefing (briefing, required): the briefing's id, title or file name; example: 2024-09-17-ward-round.txt
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 200): draw at most this many links; example: 20
// column from_node (node): where the link starts
// column link (relationship): the link, with its status, sum and dates; `evidence` shows its sentences
// column to_node (node): where it ends

MATCH (d:Briefing {id: $briefing})<-[:STATED_IN]-(s:Statement)
WHERE s.edge IS NOT NULL
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
// A statement knows its link as kind|from|to.
WITH s.edge AS edge, split(s.edge, '|') AS parts
WITH edge, parts[1] AS source
WITH collect(DISTINCT edge) AS edges, collect(DISTINCT source) AS sources
MATCH (a:Organisation|Person)
WHERE a.id IN sources
MATCH (a)-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION|CRITICISED|PART_OF|DEFICIT]->
      (b:Organisation|Person)
WHERE (type(e) + '|' + a.id + '|' + b.id) IN edges
WITH a, e, b
ORDER BY coalesce(e.last_seen, '') DESC, a.id, b.id, type(e)
LIMIT toInteger($limit)
RETURN a AS from_node, e AS link, b AS to_node
ORDER BY a.id, b.id, type(e)
LIMIT toInteger($limit)
