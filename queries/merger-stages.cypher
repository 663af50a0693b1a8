// title: Every stage of one merger
// question: What has been said of a merger of these two bodies, from the first talk to the last?
// tags: mergers, timeline
// param organisation (organisation, required): one party; example: Ellermouth Hospitals
// param other (organisation, required): the other party; example: Tarnbridge General Hospital
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column published (date): when the briefing was published, empty where not known
// column status (string): mooted, in_talks, agreed, approved, completed, paused, called_off or blocked
// column form (string): merger, acquisition, group, joint_leadership or integration
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column confidence (float, 0 to 1): how sure the extraction is
// column from_id (id): the party that the sentence puts first
// column to_id (id): the party that it puts second
// column statement (string): the statement's id, for `review`

MATCH (a:Organisation)<-[:SUBJECT]-(s:Statement {predicate: 'MERGER_TALKS'})-[:OBJECT]->(b:Organisation)
WHERE ((a.id = $organisation AND b.id = $other) OR (a.id = $other AND b.id = $organisation))
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN s.published AS published, s.status AS status, s.form AS form, s.quote AS quote, d.title AS briefing,
       s.confidence AS confidence, a.id AS from_id, b.id AS to_id, s.id AS statement
ORDER BY coalesce(s.published, ''), d.id, s.start, s.id
LIMIT $limit
