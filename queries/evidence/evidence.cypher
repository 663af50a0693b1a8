// title: The evidence behind a link
// question: Which sentences say that these two have to do with each other?
// tags: evidence
// param from (entity, required): one of the two; example: Ellermouth Hospitals
// param to (entity, required): the other; the same again shows its deficits; example: Tarnbridge General Hospital
// param predicate (predicate, default ""): only this kind of fact, empty for all
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column predicate (string): the kind of fact
// column from_id (id): its subject
// column from_name (string): the subject's name
// column to_id (id): its object, empty for a deficit
// column to_name (string): the object's name
// column status (string): as the briefing puts it, if it does
// column form (string): as the briefing puts it, if it does
// column amount (float, pounds): the sum told, if any
// column role (string): the post told, if any
// column rating (string): the rating told, if any
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column source (string): where the briefing came from, if known
// column start (integer, characters): where the quote starts in the briefing's text
// column rule (string): what found it
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

// Every statement knows its link as kind|subject|object; talks and disputes are kept from the lower id to the higher.
WITH ['MERGER_TALKS', 'DISPUTE', 'FUNDING', 'HOLDS_ROLE', 'COMMISSIONED', 'REGULATORY_ACTION', 'CRITICISED', 'PART_OF',
      'DEFICIT'] AS kinds
WITH [k IN kinds | k + '|' + $from + '|' + $to] + [k IN kinds | k + '|' + $to + '|' + $from] AS edges
MATCH (s:Statement)
WHERE s.edge IN edges AND ($predicate = '' OR s.predicate = $predicate)
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH s
ORDER BY s.predicate, coalesce(s.published, ''), s.start, s.id
LIMIT toInteger($limit)
MATCH (s)-[:STATED_IN]->(d:Briefing)
MATCH (s)-[:SUBJECT]->(a:Organisation|Person)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Organisation|Person)
RETURN s.predicate AS predicate, a.id AS from_id, a.name AS from_name, b.id AS to_id,
       b.name AS to_name, s.status AS status, s.form AS form, s.amount AS amount, s.role AS role, s.rating AS rating,
       s.quote AS quote, d.title AS briefing, s.published AS published, d.source AS source, s.start AS start,
       s.rule AS rule, s.confidence AS confidence, s.id AS statement
ORDER BY s.predicate, coalesce(s.published, ''), s.start, s.id
LIMIT toInteger($limit)
