// title: Regulatory action by one regulator
// question: Which bodies has this regulator inspected, rated or restricted?
// tags: regulation
// param regulator (organisation, required): who acts; example: Care Quality Commission
// param form (form of REGULATORY_ACTION, default ""): only this form, such as special_measures or rating, empty for all
// param since (date, default ""): only what was published on or after this day, empty for all; example: 2015-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): who acts
// column to_id (id): the body acted upon
// column organisation (string): its name
// column form (string): inspection, rating, special_measures, enforcement, investigation, restriction or approval
// column rating (string): the rating given, from outstanding to inadequate, empty where none is
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (a:Organisation {id: $regulator})-[:REGULATORY_ACTION]->(b:Organisation)
WITH a, b, 'REGULATORY_ACTION|' + a.id + '|' + b.id AS key
MATCH (s:Statement {edge: key})
WHERE (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
  AND ($form = '' OR s.form = $form) AND coalesce(s.published, '') >= $since
WITH a, b, s
ORDER BY coalesce(s.published, '') DESC, s.id
LIMIT toInteger($limit)
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN a.id AS from_id, b.id AS to_id, b.name AS organisation, s.form AS form, s.rating AS rating,
       s.quote AS quote, d.title AS briefing, s.published AS published, s.confidence AS confidence, s.id AS statement
ORDER BY coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
