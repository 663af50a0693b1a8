// title: Who runs an organisation
// question: Who holds, leaves or is to take each top post of this body, by the newest word on each?
// tags: people
// param organisation (organisation, required): the body; example: Ellermouth Hospitals
// param as_of (date, default ""): by what had been published up to this day, empty for all; example: 2026-01-01
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column post (string): the top post: chief executive, chair, accountable officer, managing director, leader and such
// column from_id (id): the person
// column person (string): the person's name
// column to_id (id): the body
// column role (string): the post as the sentence has it
// column status (string): current, interim, appointed (to come or just come) or departing, as of the briefing
// column quote (string): the sentence that says so
// column briefing (string): title of the briefing it stands in
// column published (date): when that briefing was published, empty where not known
// column confidence (float, 0 to 1): how sure the extraction is
// column statement (string): the statement's id, for `review`

MATCH (o:Organisation {id: $organisation})<-[:OBJECT]-(s:Statement {predicate: 'HOLDS_ROLE'})
WHERE s.role IS NOT NULL AND ($as_of = '' OR s.published <= $as_of)
  AND (s.confidence >= $min_confidence OR s.review = 'confirmed') AND coalesce(s.review, '') <> 'rejected'
WITH o, s, toLower(s.role) AS role
WITH o, s, CASE
  WHEN role =~ '(interim |acting )?vice-chancellor.*' THEN 'vice-chancellor'
  WHEN role =~ '.*(deputy|assistant|associate|vice|adviser|secretary to|office of|former|ex-).*' THEN ''
  WHEN role =~ '.*(chief executive|chief exec|ceo).*' THEN 'chief executive'
  WHEN role =~ '.*(accountable officer).*' THEN 'accountable officer'
  WHEN role =~ '(interim |acting )?chief officer.*' THEN 'chief officer'
  WHEN role =~ '.*managing director.*' THEN 'managing director'
  // Chairs of a part of a body don't run it; a committee of Parliament is run by its chair.
  WHEN role =~ '.*(panel|branch|review|inquiry|forum|network|negotiators|of .*group).*' THEN ''
  WHEN role CONTAINS 'committee' AND o.kind <> 'parliamentary_committee' THEN ''
  WHEN role =~ '(.*[ -])?chair(man|woman|person)?([ -].*)?' THEN 'chair'
  WHEN role =~ '.*general secretary.*' THEN 'general secretary'
  WHEN role =~ '.*director[ -]general.*' THEN 'director general'
  WHEN role =~ '((interim|acting) )?(council )?leader( of .*)?' THEN 'leader'
  WHEN role =~ '((interim|acting) )?president( of .*)?' THEN 'president'
  WHEN role =~ '(secretary of state.*|health (and social care )?secretary)' THEN 'secretary of state'
  ELSE '' END AS post
WHERE post <> ''
MATCH (s)-[:SUBJECT]->(p:Person)
WITH post, p, max(coalesce(s.published, '0000-00-00') + s.id) AS newest,
     max(CASE WHEN coalesce(s.status, 'current') IN ['current', 'interim'] THEN coalesce(s.published, '') ELSE '' END)
       AS held_then,
     max(CASE WHEN s.status = 'appointed' THEN coalesce(s.published, '') ELSE '' END) AS chosen_then,
     max(CASE WHEN s.status = 'departing' THEN coalesce(s.published, '') ELSE '' END) AS left_then
// Whoever was told of before somebody else was told to hold the post has been followed; and of those who leave or
// are to come, only the last stand.
WITH post, collect(newest) AS told, max(held_then) AS held, max(chosen_then) AS chosen, max(left_then) AS left
UNWIND told AS latest
WITH post, held, chosen, left, latest
MATCH (n:Statement {id: substring(latest, 10, 80)})
WHERE coalesce(n.status, 'current') <> 'former'
  AND coalesce(n.published, '') >= CASE
    WHEN n.status = 'appointed' AND chosen > held THEN chosen
    WHEN n.status = 'departing' AND left > held THEN left
    ELSE held END
WITH post, coalesce(n.published, '') AS day, n.id AS id
ORDER BY post, day DESC, id
LIMIT toInteger($limit)
MATCH (n:Statement {id: id})-[:SUBJECT]->(p:Person)
MATCH (n)-[:STATED_IN]->(d:Briefing)
RETURN post, p.id AS from_id, p.name AS person, $organisation AS to_id, n.role AS role, n.status AS status,
       n.quote AS quote, d.title AS briefing, n.published AS published, n.confidence AS confidence, n.id AS statement
ORDER BY post, coalesce(published, '') DESC, statement
LIMIT toInteger($limit)
