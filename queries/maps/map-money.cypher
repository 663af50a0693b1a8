// title: Map: who pays whom
// question: Where do the largest sums go, may go or stay?
// tags: maps, money
// param min_amount (float, default 1000000): only payments of this many pounds or more; example: 1000000
// param status (status of FUNDING, default ""): only payments that stand so, such as withheld, empty for all
// param since (date, default ""): only payments spoken of on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 200): draw at most this many links; example: 20
// column from_node (node): where the link starts
// column link (relationship): the link, with its status, sum and dates; `evidence` shows its sentences
// column to_node (node): where it ends

// A payment's sum is the newest that briefings tell of the pair.
MATCH (a:Organisation)-[e:FUNDING]->(b:Organisation|Person)
WHERE e.confidence >= $min_confidence AND e.amount >= $min_amount
  AND ($status = '' OR e.status = $status) AND coalesce(e.last_seen, '') >= $since
WITH a, e, b
ORDER BY e.amount DESC, a.id, b.id
LIMIT toInteger($limit)
RETURN a AS from_node, e AS link, b AS to_node
ORDER BY a.id, b.id, type(e)
LIMIT toInteger($limit)
