// title: Regulatory action against one organisation
// question: Which regulators have inspected, rated or restricted this body?
// tags: regulation
// param organisation (organisation, required): the body acted upon; example: Tarnbridge General Hospital
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): who acts
// column regulator (string): its name
// column to_id (id): the body acted upon
// column form (string): inspection, rating, special_measures, enforcement, investigation, restriction or approval
// column rating (string): the rating given, from outstanding to inadequate, empty where none is
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (a:Organisation)-[:REGULATORY_ACTION]->(b:Organisation {id: $organisation})
WITH a, b, 'REGULATORY_ACTION|' + a.id + '|' + b.id AS key
MATCH (s:Statement {edge: key})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH a, b, s
ORDER BY coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, a.name AS regulator, b.id AS to_id, s.form AS form, s.rating AS rating,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
