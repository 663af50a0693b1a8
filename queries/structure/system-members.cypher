// title: Members of one system
// question: Which bodies belong to this system, and which of them were open on this day?
// tags: structure
// param system (organisation, required): the system; example: Dunmarrow and Quill STP
// param date (date, default ""): the day for `state`, empty for the newest known; example: 2020-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the member
// column member (string): its name
// column kind (string): what it is, such as trust, icb or ccg
// column to_id (id): the system
// column state (string): open, closed or not yet open on that day; open where nothing else is known
// column opened (date): its first day, empty where not known
// column closed (date): its last day, empty where it is open or not known
// column origin (string): text where a briefing says that it belongs, register where the register does
// column last_seen (date): when a briefing last said so, empty where only the register does
// column statements (integer): how many statements say so; `part-of` shows the newest

MATCH (y:Organisation {id: $system})<-[e:PART_OF]-(m:Organisation)
WHERE e.confidence >= $min_confidence
WITH y, e, m,
     CASE WHEN m.closed IS NOT NULL AND ($date = '' OR m.closed < $date) THEN 'closed'
          WHEN $date <> '' AND coalesce(m.opened, '') > $date THEN 'not yet open' ELSE 'open' END AS state
RETURN m.id AS from_id, m.name AS member, m.kind AS kind, y.id AS to_id, state, m.opened AS opened, m.closed AS closed,
       e.origin AS origin, e.last_seen AS last_seen, e.statements AS statements
// The open ones first.
ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'closed' THEN 2 ELSE 1 END, kind, member, from_id
LIMIT toInteger($limit)
