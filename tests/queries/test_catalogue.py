"""Loading templates: what a header must say, and what is refused before a store sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import TemplateError
from graph.model import SURE
from graph.schema import PREDICATES
from queries.catalogue import FOLDER, GROUPS, load, parse, pick
from queries.values import Parameter

HEADER = """// title: Bodies of one kind
// question: Which are there?
// tags: overview, test
// param kind (kind, required): the kind; example: trust
// param min_amount (float, default 0.5): at least this; example: 2
// param limit (integer, default 50): at most this many
// column id (id): the body
// column amount (float, pounds): a sum
"""
BODY = (
    "MATCH (n:Organisation) WHERE n.kind = $kind AND 1 >= $min_amount RETURN n.id AS id, 1.0 AS amount LIMIT $limit\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.cypher"
    path.write_text(text, encoding="utf-8")
    return path


def test_our_own_templates_are_many_and_complete() -> None:
    templates = load()
    assert len(templates) >= 30
    topics = {tag for t in templates.values() for tag in t.tags}
    assert {"mergers", "disputes", "funding", "people", "finance", "regulation", "lineage", "evidence"} <= topics
    for name, template in templates.items():
        assert template.path == FOLDER / template.group / f"{name}.cypher"
        assert template.group in GROUPS, name
        assert template.title
        assert template.question.endswith("?"), name
        assert template.tags, name
        assert template.columns, name
        assert all(p.meaning for p in template.parameters), name
        assert all(p.example is not None for p in template.parameters if p.required), name
        assert "ORDER BY" in template.cypher, name
        assert template.cypher.rstrip().endswith("LIMIT toInteger($limit)"), name
        assert max(len(line) for line in template.text.splitlines()) <= 120, name


def test_templates_that_tell_facts_show_the_sentence_and_leave_out_what_was_rejected() -> None:
    # `decided` shows what people judged, rejected or not, however sure it is; maps are pictures of links.
    told = {
        name: t for name, t in load().items() if ":Statement" in t.cypher and name != "decided" and t.group != "maps"
    }
    assert len(told) >= 18
    for name, template in told.items():
        assert {"quote", "briefing", "published"} <= {c.name for c in template.columns}, name
        certainty = template.parameter("min_confidence")
        assert certainty is not None, name
        assert certainty.default == SURE, name
        assert "'rejected'" in template.cypher or "s.review IS NULL" in template.cypher, name


def test_every_predicate_has_a_template_that_asks_for_it() -> None:
    everything = "".join(t.cypher for t in load().values())
    assert [p for p in PREDICATES if p not in everything] == []


def test_a_header_is_read() -> None:
    template = parse("bodies", HEADER + "\n" + BODY)
    assert (template.title, template.question, template.tags) == (
        "Bodies of one kind",
        "Which are there?",
        ("overview", "test"),
    )
    kind, amount, limit = template.parameters
    assert (kind.name, kind.type, kind.required, kind.example, kind.meaning) == (
        "kind",
        "kind",
        True,
        "trust",
        "the kind",
    )
    assert amount == Parameter("min_amount", "float", "at least this", default=0.5, example=2.0)
    assert limit == Parameter("limit", "integer", "at most this many", default=50)
    assert [(c.name, c.type, c.unit, c.meaning) for c in template.columns] == [
        ("id", "id", "", "the body"),
        ("amount", "float", "pounds", "a sum"),
    ]
    assert template.cypher == BODY
    assert template.text == HEADER + "\n" + BODY
    assert parse("bodies", (HEADER + "\n" + BODY).replace("\n", "\r\n")).cypher == BODY


def test_a_status_belongs_to_its_predicate() -> None:
    text = '// title: T\n// param s (status of FUNDING, default ""): x; example: paid\nRETURN $s AS s'
    (parameter,) = parse("t", text).parameters
    assert parameter.choices == PREDICATES["FUNDING"].statuses
    with pytest.raises(TemplateError, match="say whose status s is"):
        parse("t", text.replace(" of FUNDING", ""))
    with pytest.raises(TemplateError, match="can't be 'mooted', give one of proposed"):
        parse("t", text.replace("example: paid", "example: mooted"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("RETURN 1 AS one", "no title"),
        ("// title: T\n", "is empty"),
        (HEADER + BODY.replace("$limit", "7"), "declares limit, which its Cypher never uses"),
        (HEADER + BODY.replace("n.kind = $kind", "n.kind = $kind OR n.id = $other"), r"uses \$other, which its header"),
        (HEADER.replace("param kind (kind", "param kind (colour") + BODY, "unknown type colour"),
        (HEADER.replace("column id (id)", "column id (colour)") + BODY, "unknown type colour"),
        (HEADER.replace("default 0.5", "default plenty") + BODY, "min_amount can't be 'plenty', give a number"),
        (HEADER.replace("default 0.5", 'default ""') + BODY, "is a float and can't be empty"),
        (HEADER.replace("example: trust", "example: castle") + BODY, "kind can't be 'castle', give one of trust"),
        (HEADER.replace("// param limit (integer, default 50)", "// param limit") + BODY, "line 6: can't read"),
        (HEADER + "// column id (id): again\n" + BODY, "declares id twice"),
        (HEADER + "// param limit (integer, default 5): again\n" + BODY, "declares limit twice"),
        (HEADER + "// title: again\n" + BODY, "declares title twice"),
    ],
)
def test_a_bad_header_is_refused(text: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        parse("bodies", text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Organisation {id: 'x'}) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SeT n.name = 'x' RETURN n",
        "MATCH (n) /* ' */ SET n.name = 'x' RETURN n",
        "MATCH (n) REMOVE n.name RETURN n",
        "MERGE (n:Person {id: 'x'}) RETURN n",
        "MATCH (n) FOREACH (x IN [1] | SET n.a = 1)",
        "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
        "CALL apoc.cypher.doIt('x', {}) YIELD value RETURN value",
        "CALL { MATCH (n) DELETE n }",
        "MATCH (n) RETURN n; MATCH (m) DETACH DELETE m",
        "DROP TABLE Statement",
        "COPY Statement FROM 'x.csv'",
        "RETURN 1 // \\u000aMATCH (n) DETACH DELETE n",
        "MATCH (n) \\u0053ET n.name = 'x'",
        "MATCH (n) RETURN 'never closed",
        "MATCH (n) RETURN n /* never closed",
    ],
)
def test_a_write_is_refused_at_load(tmp_path: Path, cypher: str) -> None:
    write(tmp_path, "sly", "// title: Sly\n" + cypher)
    with pytest.raises(TemplateError, match="Template sly is refused") as caught:
        load([tmp_path])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n) WHERE n.name CONTAINS 'delete; CREATE' RETURN n.id AS id",
        'MATCH (n) WHERE n.name = "it\'s SET" RETURN n.id AS id // MERGE later, $never',
        "MATCH (n) RETURN n.`set` AS `create`, n.start AS start, n.offset AS offset",
        "MATCH (n) RETURN n.id AS id;\n",
    ],
)
def test_words_in_strings_comments_and_names_are_no_writes(cypher: str) -> None:
    assert parse("fine", "// title: Fine\n" + cypher).parameters == ()


def test_folders_of_ones_own(tmp_path: Path) -> None:
    write(tmp_path, "bodies", HEADER + BODY)
    (tmp_path / "notes.txt").write_text("not a template", encoding="utf-8")
    assert set(load([tmp_path])) == set(load()) | {"bodies"}

    write(tmp_path, "links", HEADER + BODY)
    with pytest.raises(TemplateError, match="Two templates are called links: rename"):
        load([tmp_path])
    with pytest.raises(TemplateError, match="No folder of query templates at"):
        load([tmp_path / "nowhere"])


def test_files_that_can_not_be_templates(tmp_path: Path) -> None:
    bad = write(tmp_path, "Bad Name", HEADER + BODY)
    with pytest.raises(TemplateError, match="'Bad Name' can't name a template"):
        load([tmp_path])
    bad.unlink()
    (tmp_path / "latin.cypher").write_bytes(b"// title: caf\xe9\nRETURN 1 AS one")
    with pytest.raises(TemplateError, match="Can't read the template"):
        load([tmp_path])


def test_an_unknown_name_gets_suggestions() -> None:
    templates = load()
    assert pick(templates, "Merger Talks") is templates["merger-talks"]
    assert pick(templates, "merger_talks") is templates["merger-talks"]
    with pytest.raises(TemplateError, match="No query template called 'merger-talk': did you mean merger-talks"):
        pick(templates, "merger-talk")
    with pytest.raises(TemplateError, match="see `query list`"):
        pick(templates, "zzzz")


@given(st.text())
def test_any_text_is_a_template_or_a_template_error(text: str) -> None:
    for whole in (text, "// title: T\n" + text, HEADER + text):
        try:
            template = parse("some", whole)
        except TemplateError as error:
            said = str(error)
        else:
            said = template.title
        assert said
        assert "\n" not in said
