// title: Money told to come in and to go out
// question: Who gains and who gives how much, by the newest sum told of each pair?
// tags: funding, overview
// param kind (kind, default ""): only bodies of this kind, such as trust, empty for all
// param min_confidence (float, default 0.5): leave out facts less sure than this, 0 to 1; example: 0.2
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the body or person
// column organisation (string): its name
// column kind (string): what it is, such as trust or icb
// column money_in (float, pounds): sums told to come in, confirmed, paid or of no told status, added up
// column money_out (float, pounds): sums told to go out, in the same way
// column net (float, pounds): in less out; proposed, conditional, withheld and refused money counts in none of these
// column payers (integer): how many pay it
// column recipients (integer): how many it pays
// column first_seen (date): when a briefing first spoke of one of these flows
// column last_seen (date): when a briefing last spoke of one of them
// column statements (integer): how many statements tell of them; `funding-in` and `funding-out` show them

MATCH (a:Organisation)-[e:FUNDING]->(b:Organisation|Person)
WHERE e.confidence >= $min_confidence AND coalesce(e.amount, 0.0) > 0.0
  AND coalesce(e.status, 'paid') IN ['confirmed', 'paid'] AND a.id <> b.id
// Each flow counts twice: as money out of its payer and as money into its recipient.
UNWIND ['out', 'in'] AS way
WITH CASE WHEN way = 'out' THEN a.id ELSE b.id END AS from_id,
     CASE WHEN way = 'out' THEN a.name ELSE b.name END AS organisation,
     CASE WHEN way = 'out' THEN a.kind ELSE b.kind END AS kind,
     CASE WHEN way = 'in' THEN e.amount ELSE 0.0 END AS gained,
     CASE WHEN way = 'out' THEN e.amount ELSE 0.0 END AS given, CASE WHEN way = 'in' THEN 1 ELSE 0 END AS payer,
     e.first_seen AS first, e.last_seen AS last, e.statements AS told
WHERE $kind = '' OR kind = $kind
WITH from_id, organisation, kind, round(sum(gained), 2) AS money_in, round(sum(given), 2) AS money_out,
     round(sum(gained - given), 2) AS net, sum(payer) AS payers, sum(1 - payer) AS recipients,
     min(first) AS first_seen, max(last) AS last_seen, sum(told) AS statements
RETURN from_id, organisation, kind, money_in, money_out, net, payers, recipients, first_seen, last_seen, statements
ORDER BY abs(net) DESC, from_id
LIMIT toInteger($limit)
