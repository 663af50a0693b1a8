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
// column from_id (id): the party with the lower id
// column to_id (id): the other party
// column statement (string): the statement's id, for `review`

// A merger is one edge for a pair, kept from the lower id to the higher.
WITH CASE WHEN $organisation < $other THEN $organisation ELSE $other END AS low,
     CASE WHEN $organisation < $other THEN $other ELSE $organisation END AS high
MATCH (s:Statement)
WHERE s.edge = 'MERGER_TALKS|' + low + '|' + high
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
MATCH (s)-[:STATED_IN]->(d:Briefing)
RETURN s.published AS published, s.status AS status, s.form AS form, s.quote AS quote, d.title AS briefing,
       s.confidence AS confidence, low AS from_id, high AS to_id, s.id AS statement
ORDER BY coalesce(published, ''), d.id, s.start, statement
LIMIT toInteger($limit)
