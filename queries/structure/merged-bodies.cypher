// title: Bodies that became others
// question: Which bodies were merged, split or renamed since a day, and what did they become?
// tags: lineage, overview
// scan: lineage has no index; the register knows a few hundred steps
// param since (date, default ""): only what took effect on or after this day, empty for all; example: 2015-01-01
// param kind (kind, default ""): only bodies that were of this kind, such as ccg, empty for all
// param limit (integer, default 50): give at most this many rows; example: 20
// column from_id (id): the earlier body
// column organisation (string): its name
// column kind (string): what it was, such as ccg
// column to_id (id): the body that it became; one that was split has a row for each
// column became (string): its name
// column to_kind (string): what that is, such as icb
// column date (date): when it took effect, empty where not known
// column change (string): merger, rename, split and the like

MATCH (a:Organisation)-[e:SUCCEEDED_BY]->(b:Organisation)
WHERE coalesce(e.date, '') >= $since AND ($kind = '' OR a.kind = $kind)
RETURN a.id AS from_id, a.name AS organisation, a.kind AS kind, b.id AS to_id, b.name AS became, b.kind AS to_kind,
       e.date AS date, e.kind AS change
ORDER BY coalesce(date, '') DESC, became, organisation, from_id, to_id
LIMIT toInteger($limit)
