// title: Most contested organisations
// question: Which organisations are at odds with the most others, by open disputes and by criticism of them?
// tags: disputes, criticism, overview
// param since (date, default ""): only what was spoken of on or after this day, empty for all; example: 2014-01-01
// param min_confidence (float, default 0.5): leave out links less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column id (id): the organisation
// column organisation (string): its name
// column kind (string): what kind of body it is
// column region (string): its region, where known
// column others (integer): how many different bodies and people are in open dispute with it or have criticised it
// column disputes (integer): with how many of them it is in open dispute
// column critics (integer): how many of them have criticised it
// column statements (integer): how many statements say so
// column first_seen (date): when a briefing first spoke of one of these quarrels
// column last_seen (date): when a briefing last spoke of one
// scan: every organisation is ranked

// The sentences are in disputes-of and criticism-of.
// Each pair has one edge of a sort, so edges count others.
MATCH (o:Organisation)
OPTIONAL MATCH (o)-[e:DISPUTE]-(x:Organisation|Person)
WHERE e.confidence >= $min_confidence AND coalesce(e.status, 'open') = 'open' AND ($since = '' OR e.last_seen >= $since)
  AND x.id <> o.id
WITH o, collect(x.id) AS foes, coalesce(sum(e.statements), 0) AS told,
     min(e.first_seen) AS first, max(e.last_seen) AS last
OPTIONAL MATCH (o)<-[c:CRITICISED]-(y:Organisation|Person)
WHERE c.confidence >= $min_confidence AND ($since = '' OR c.last_seen >= $since) AND y.id <> o.id
WITH o, foes, told, first, last, count(y.id) AS critics,
     count(CASE WHEN NOT y.id IN foes THEN y.id END) AS more,
     coalesce(sum(c.statements), 0) AS criticisms, min(c.first_seen) AS since, max(c.last_seen) AS until
WITH o, size(foes) + more AS others, size(foes) AS disputes, critics, told + criticisms AS statements,
     CASE WHEN first IS NULL OR since < first THEN since ELSE first END AS first_seen,
     CASE WHEN last IS NULL OR until > last THEN until ELSE last END AS last_seen
WHERE others > 0
RETURN o.id AS id, o.name AS organisation, o.kind AS kind, o.region AS region, others, disputes, critics, statements,
       first_seen, last_seen
ORDER BY others DESC, statements DESC, organisation, id
LIMIT toInteger($limit)
