// title: A system's whole picture
// question: What are this system and its members told to have to do with others and with each other, newest first?
// tags: structure, overview
// param system (organisation, required): the system; example: Dunmarrow and Quill STP
// param date (date, default ""): the day for `state`, empty for the newest known; example: 2020-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column member (string): the system or the member whose link it is; of a link between two members where it starts
// column state (string): open, closed or not yet open on that day; open where nothing else is known
// column predicate (string): the kind of link
// column from_id (id): where it starts
// column to_id (id): where it ends; a deficit ends where it starts
// column other (string): name of the other party, empty for a deficit
// column status (string): newest status, empty where none is told
// column amount (float, pounds): newest sum, empty where none is told
// column last_seen (date): when a briefing last spoke of it
// column statements (integer): how many statements tell of it; `evidence` shows them
// column quote (string): the newest sentence that tells this status
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is, over all its statements

MATCH (y:Organisation {id: $system})
OPTIONAL MATCH (m:Organisation)-[p:PART_OF]->(y)
WHERE p.confidence >= $min_confidence
WITH y, collect(m.id) AS members
WITH members + [y.id] AS ids
// The newest links that start here, as text: predicate|from|to, as in Statement.edge.
UNWIND ids AS id
MATCH (a:Organisation {id: id})
OPTIONAL MATCH (a)-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION
           |CRITICISED|PART_OF|DEFICIT]->(b)
WHERE e.confidence >= $min_confidence AND NOT (type(e) = 'PART_OF' AND (b.id = $system OR e.statements = 0))
WITH ids, type(e) + '|' + a.id + '|' + b.id AS link, coalesce(e.last_seen, '') AS seen
ORDER BY seen DESC, coalesce(link, '~')
LIMIT toInteger($limit)
WITH ids, collect(link) AS outward
// The newest links that come here from elsewhere.
UNWIND ids AS id
MATCH (b:Organisation {id: id})
OPTIONAL MATCH (b)<-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION
           |CRITICISED|PART_OF|DEFICIT]-(a)
WHERE e.confidence >= $min_confidence AND NOT (type(e) = 'PART_OF' AND e.statements = 0) AND NOT a.id IN ids
WITH ids, outward, type(e) + '|' + a.id + '|' + b.id AS link, coalesce(e.last_seen, '') AS seen
ORDER BY seen DESC, coalesce(link, '~')
LIMIT toInteger($limit)
WITH ids, outward, collect(link) AS inward
UNWIND outward + inward AS link
// A body without links has left a null or, on Ladybug, a text that lacks parts.
WITH ids, link, split(link, '|') AS parts
WHERE size(parts) = 3
WITH ids, link, parts[1] AS from_id, parts[2] AS to_id
MATCH (a:Organisation|Person {id: from_id})
WITH ids, link, a, to_id
MATCH (b:Organisation|Person {id: to_id})
WITH ids, link, a, b
MATCH (a)-[e:MERGER_TALKS|DISPUTE|FUNDING|HOLDS_ROLE|COMMISSIONED|REGULATORY_ACTION
           |CRITICISED|PART_OF|DEFICIT]->(b)
WHERE type(e) = split(link, '|')[0]
WITH link, a, b, a.id IN ids AS ours, type(e) AS predicate, e.status AS status, e.amount AS amount,
     e.last_seen AS last_seen, e.statements AS statements, e.confidence AS confidence
ORDER BY coalesce(last_seen, '') DESC, link
LIMIT toInteger($limit)
WITH link, a, b, ours, predicate, status, amount, last_seen, statements, confidence,
     CASE WHEN ours THEN a.opened ELSE b.opened END AS opened,
     CASE WHEN ours THEN a.closed ELSE b.closed END AS closed
MATCH (s:Statement {edge: link})
WHERE coalesce(s.review, '') <> 'rejected' AND coalesce(s.status, '') = coalesce(status, '')
WITH link, a, b, ours, predicate, status, amount, last_seen, statements, confidence, opened, closed,
     substring(max(coalesce(s.published, '0000-00-00') + s.id), 10, 80) AS newest
MATCH (n:Statement {id: newest})-[:STATED_IN]->(d:Briefing)
RETURN CASE WHEN ours THEN a.name ELSE b.name END AS member,
       CASE WHEN closed IS NOT NULL AND ($date = '' OR closed < $date) THEN 'closed'
            WHEN $date <> '' AND coalesce(opened, '') > $date THEN 'not yet open' ELSE 'open' END AS state,
       predicate, a.id AS from_id, b.id AS to_id,
       CASE WHEN predicate = 'DEFICIT' THEN NULL WHEN ours THEN b.name ELSE a.name END AS other,
       status, amount, last_seen, statements,
       n.quote AS quote, d.title AS briefing, n.published AS published, confidence
ORDER BY coalesce(last_seen, '') DESC, predicate, from_id, to_id
LIMIT toInteger($limit)
