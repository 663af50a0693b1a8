"""Reading: any file becomes a document or one clear line, and offsets point into the stored text."""

import hashlib
import io
import os
import sys
import unicodedata
from datetime import date, datetime
from pathlib import Path

import docx
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError, ReadError
from graph.ids import briefing_id
from graph.model import Document
from ingest import dates, plaintext
from ingest.office import Line, paragraphs
from ingest.reader import MAX_BYTES, expand, read


def read_one(path: Path) -> Document:
    errors: list[ReadError] = []
    documents = list(read([path], on_error=errors.append))
    assert errors == []
    assert len(documents) == 1
    return documents[0]


def error_of(path: Path) -> str:
    errors: list[ReadError] = []
    assert list(read([path], on_error=errors.append)) == []
    assert len(errors) == 1
    message = str(errors[0])
    assert "\n" not in message
    assert path.name in message
    return message


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def make_pdf(lines: list[str], *, info: str = "") -> bytes:
    """A one-page PDF that draws the lines, made by hand."""
    drawn = " ".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 11 Tf 50 800 Td {drawn} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode(),
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


class TestPlainText:
    def test_a_clean_file_is_kept_character_for_character(self, tmp_path: Path) -> None:
        text = "No table\nPublished: 2024-11-08\n\n“We never met,” said ‘one’ – at £2bn…\n\n\n Indented.\n"
        document = read_one(written(tmp_path, "chairs.txt", text))
        assert document.text == text
        assert document.title == "No table"
        assert document.published == date(2024, 11, 8)
        assert document.id == briefing_id("chairs", text)
        assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert document.path == (tmp_path / "chairs.txt").as_posix()

    def test_line_ends_controls_and_invisible_characters(self, tmp_path: Path) -> None:
        raw = "\ufeffOne\r\nTwo\rThree\fFour\x07x\u200b\u00ady\u00a0z\u2028e\u0301"
        assert read_one(written(tmp_path, "a.txt", raw)).text == "One\nTwo\nThree\nFour xy z\né"

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_encodings_that_can_be_told(self, tmp_path: Path, encoding: str) -> None:
        text = "Zoë’s board – a £3m row\n\nThe café stays open, the trust said."
        assert read_one(written(tmp_path, "a.txt", text.encode(encoding))).text == text

    @pytest.mark.parametrize(
        "data",
        [
            "Здравствуйте, это доклад".encode("koi8-r"),
            "保健医療の報告書です".encode("shift-jis"),
            "Half “UTF-8”, ".encode() + b"half \x93not\x94",
            b"Undefined \x81 byte",
            b"\xff\xfeodd",
        ],
    )
    def test_encodings_that_would_be_guessed_are_refused(self, tmp_path: Path, data: bytes) -> None:
        assert "save it as UTF-8" in error_of(written(tmp_path, "a.txt", data))

    def test_a_wrong_byte_is_pointed_at(self, tmp_path: Path) -> None:
        assert "byte 0x81 in line 3" in error_of(written(tmp_path, "a.txt", b"One\nTwo\nThr\x81ee"))

    @pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff\n".encode(), b"---\ntitle: x\n---\n"[:0]])
    def test_empty(self, tmp_path: Path, data: bytes) -> None:
        assert "empty file" in error_of(written(tmp_path, "a.txt", data))

    @pytest.mark.parametrize("data", [b"a\0b", b"%PDF-1.7 x", b"PK\x03\x04abc", b"\x89PNG\r\n", b"\xff\xd8\xffjpeg"])
    def test_binary_named_as_text(self, tmp_path: Path, data: bytes) -> None:
        assert "binary file" in error_of(written(tmp_path, "a.txt", data))

    def test_wrapped_paragraphs_are_made_whole_without_moving_anything(self, tmp_path: Path) -> None:
        text = (
            "Board round-up\n\n"
            "The boards of the two trusts met on Tuesday and agreed to carry on\n"
            "with their plan, which the regulator has yet to see. A decision is\n"
            "expected by the end of the year, according to the papers.\n"
            "\n"
            "- first point\n"
            "- second point\n"
        )
        stored = read_one(written(tmp_path, "a.txt", text)).text
        assert len(stored) == len(text)
        assert (
            "agreed to carry on with their plan, which the regulator has yet to see. A decision is expected" in stored
        )
        assert stored.endswith("according to the papers.\n\n- first point\n- second point\n")

    def test_lines_that_were_meant_stay(self, tmp_path: Path) -> None:
        text = "Appointments\nPetra Lowick, chair\nHugo Tranmere, finance director\nAda Corriston, chief nurse\n"
        assert read_one(written(tmp_path, "a.txt", text)).text == text

    @given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn"])))
    def test_clean_utf8_comes_back_unchanged(self, words: str) -> None:
        text = "x " + unicodedata.normalize("NFC", words.translate({0x2010: "-", 0x2011: "-"})) + "\n\n" + "y" * 101
        assert plaintext.unwrap(plaintext.normalise(plaintext.decode(text.encode()))) == text

    @given(st.text())
    def test_normalising_twice_changes_nothing(self, text: str) -> None:
        once = plaintext.normalise(text)
        assert plaintext.normalise(once) == once
        assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in once)

    @given(st.lists(st.text(st.characters(categories=["Lu", "Ll", "Zs"]), max_size=120)).map("\n".join))
    def test_unwrapping_keeps_every_character_but_newlines(self, text: str) -> None:
        whole = plaintext.unwrap(text)
        assert len(whole) == len(text)
        assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, whole, strict=True))


class TestMarkdown:
    def test_front_matter_is_read_and_taken_off(self, tmp_path: Path) -> None:
        raw = (
            '---\ntitle: "Ellermouth: the sequel"\ndate: 2023-05-22T07:00:00\nsource: Harbour Weekly\ntags:\n- merger\n'
            "---\n\n## What next\n\nThe **trust** met [NHS England](https://example.org/a_(b)) on *Tuesday*.\n\n---\n"
        )
        document = read_one(written(tmp_path, "a.md", raw))
        assert (document.title, document.source) == ("Ellermouth: the sequel", "Harbour Weekly")
        assert document.published == date(2023, 5, 22)
        assert document.text.startswith("Ellermouth: the sequel\n\n## What next\n\nThe trust met NHS England on Tue")
        assert "---" not in document.text

    def test_a_headline_that_is_there_is_not_doubled(self, tmp_path: Path) -> None:
        document = read_one(written(tmp_path, "a.md", "---\ntitle: One boss\n---\n# One boss\n\nText follows here."))
        assert document.text == "# One boss\n\nText follows here."
        assert document.title == "One boss"

    def test_a_rule_is_not_front_matter(self, tmp_path: Path) -> None:
        raw = "---\nA sentence, not a field.\n---\nMore text."
        assert "A sentence, not a field." in read_one(written(tmp_path, "a.md", raw)).text

    def test_identifiers_with_underscores_keep_them(self) -> None:
        assert plaintext.unmark("set a_b_c to 2*3*4 and `x`") == "set a_b_c to 2*3*4 and x"


PAGE = """<!doctype html><html><head><title>Merger off | Harbour Weekly</title>
<meta property="og:site_name" content="Harbour Weekly">
<meta property="article:published_time" content="2019-03-04T06:00:00Z">
<style>p {color: red}</style><script>var x = "NHS England fined";</script></head>
<body><nav><a href="/">Home</a></nav><header>Subscribe now</header>
<main><h1>Merger  off</h1><p>The trust said <b>no</b> to
its neighbour.<br>It won&rsquo;t return.</p><ul><li>One</li><li>Two</li></ul>
<table><tr><th>Trust</th><th>Deficit</th></tr><tr><td>Ellermouth</td><td><p>£12m</p></td></tr></table>
<p hidden>Secret</p><p style="display: none">Preheader</p><!-- remark --><noscript>Enable scripts</noscript></main>
<footer>Copyright</footer></body></html>"""


class TestHtml:
    def test_main_text_and_facts(self, tmp_path: Path) -> None:
        document = read_one(written(tmp_path, "a.html", PAGE))
        assert document.text == (
            "Merger off\n\nThe trust said no to its neighbour.\nIt won’t return.\n\nOne\nTwo\n\n"
            "Trust | Deficit\nEllermouth | £12m"
        )
        assert (document.title, document.source) == ("Merger off", "Harbour Weekly")
        assert document.published == date(2019, 3, 4)

    @pytest.mark.parametrize(
        ("markup", "published"),
        [
            ('<p>x</p><time datetime="2018-02-30">30 February</time>', None),
            ('<p>x</p><time datetime="2018-02-03">', date(2018, 2, 3)),
            (
                '<script type="application/ld+json">{"datePublished": "2020-07-01T09:00"}</script><p>x</p>',
                date(2020, 7, 1),
            ),
            ("<p>Headline here</p><p>Published: 4 May 2021</p><p>x</p>", date(2021, 5, 4)),
            ("<p>x</p>", None),
        ],
    )
    def test_published(self, tmp_path: Path, markup: str, published: date | None) -> None:
        assert read_one(written(tmp_path, "a.htm", markup)).published == published

    def test_a_declared_encoding_is_kept_to(self, tmp_path: Path) -> None:
        page = '<html><head><meta charset="windows-1250"></head><body><p>Łódź – zażółć</p></body></html>'
        assert "Łódź – zażółć" in read_one(written(tmp_path, "a.html", page.encode("cp1250"))).text

    def test_a_table_that_lays_out_the_page_gives_paragraphs(self, tmp_path: Path) -> None:
        story = "The trust said no to its neighbour. " * 8
        page = f"<table><tr><td><p>{story}</p><p>It is off.</p></td><td>Short</td></tr></table>"
        assert read_one(written(tmp_path, "a.html", page)).text == f"{story.strip()}\n\nIt is off.\n\nShort"

    @pytest.mark.parametrize("markup", ["<html><script>x()</script></html>", "<nav>Home</nav>", "<!-- only -->"])
    def test_without_text(self, tmp_path: Path, markup: str) -> None:
        assert "HTML without text" in error_of(written(tmp_path, "a.html", markup))

    def test_deep_nesting_is_read(self, tmp_path: Path) -> None:
        assert read_one(written(tmp_path, "a.html", "<div>" * 5000 + "deep" + "</div>" * 5000)).text == "deep"

    def test_scripts_that_try_to_stay_are_only_text(self, tmp_path: Path) -> None:
        page = "<p>The trust &lt;script&gt;alert(1)&lt;/script&gt; said</p>"
        assert read_one(written(tmp_path, "a.html", page)).text == "The trust <script>alert(1)</script> said"


class TestEmail:
    HEAD = "From: Harbour Weekly <desk@example.org>\nDate: Mon, 04 Mar 2019 23:30:00 -0500\n"

    def test_text_part(self, tmp_path: Path) -> None:
        raw = self.HEAD + "Subject: Fwd: RE: Merger off\n\n> The trust walked away.\n\nMore below.\n-- \nTel. 01234\n"
        document = read_one(written(tmp_path, "a.eml", raw))
        assert document.text == "Merger off\n\nThe trust walked away.\n\nMore below."
        assert (document.title, document.source) == ("Merger off", "Harbour Weekly")
        assert document.published == date(2019, 3, 4)

    def test_multipart_prefers_text_and_decodes_headers(self, tmp_path: Path) -> None:
        raw = (
            self.HEAD + "Subject: =?utf-8?q?Zo=C3=AB=E2=80=99s_board?=\nMIME-Version: 1.0\n"
            'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>as HTML</p>\n'
            "--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
            "as text, =A33m\n--b--\n"
        )
        document = read_one(written(tmp_path, "a.eml", raw))
        assert document.title == "Zoë’s board"
        assert "as text, £3m" in document.text
        assert "HTML" not in document.text

    def test_html_where_there_is_no_text(self, tmp_path: Path) -> None:
        raw = self.HEAD + "Subject: Off\nContent-Type: text/html\n\n<h1>Merger off</h1><p>It is off.</p>"
        assert read_one(written(tmp_path, "a.eml", raw)).text == "Merger off\n\nIt is off."

    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            ("just words\nand more", "not an e-mail"),
            (HEAD + "\n", "e-mail without text"),
            (HEAD + "Content-Type: image/png\n\nxxx", "e-mail without text"),
            ("", "empty file"),
        ],
    )
    def test_broken(self, tmp_path: Path, raw: str, reason: str) -> None:
        assert reason in error_of(written(tmp_path, "a.eml", raw))


class TestWord:
    def test_paragraphs_and_tables_in_order(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.core_properties.created = datetime(2022, 6, 1, 12, 0)
        document.add_heading("Finance report", 1)
        document.add_paragraph("The deficit is £12m.")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            (c for r in table.rows for c in r.cells), ["Trust", "Plan", "Ellermouth", "£9m"], strict=True
        ):
            cell.text = text
        document.add_paragraph("After the table.")
        document.save(str(tmp_path / "board.docx"))
        read_back = read_one(tmp_path / "board.docx")
        assert read_back.text == (
            "Finance report\n\nThe deficit is £12m.\n\nTrust | Plan\nEllermouth | £9m\n\nAfter the table."
        )
        assert read_back.title == "Finance report"
        assert read_back.published == date(2022, 6, 1)

    def test_the_template_date_of_a_program_is_no_date(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.add_paragraph("Text.")
        document.save(str(tmp_path / "a.docx"))
        assert read_one(tmp_path / "a.docx").published is None

    def test_the_file_name_beats_the_date_of_saving(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.core_properties.created = datetime(2022, 6, 1, 12, 0)
        document.add_paragraph("Text.")
        document.save(str(tmp_path / "2021-03-04-board.docx"))
        assert read_one(tmp_path / "2021-03-04-board.docx").published == date(2021, 3, 4)

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"not a zip", "broken Word document"),
            (b"PK\x03\x04broken", "broken Word document"),
            (b"\xd0\xcf\x11\xe0old", "password-protected"),
        ],
    )
    def test_broken(self, tmp_path: Path, data: bytes, reason: str) -> None:
        assert reason in error_of(written(tmp_path, "a.docx", data))

    def test_without_text(self, tmp_path: Path) -> None:
        docx.Document().save(str(tmp_path / "a.docx"))
        assert "without text" in error_of(tmp_path / "a.docx")


class TestPdf:
    LINES = (
        "Merger off at Ellermouth",
        "The boards of the two trusts have walked away from a long-planned mer-",
        "ger, which was to have been signed by the regulator before the end of",
        "the year. Neither would say why.",
        "A second paragraph says that long-planned things seldom happen at all.",
    )

    def test_lines_become_paragraphs(self, tmp_path: Path) -> None:
        info = "/Title (Microsoft Word - x.docx) /CreationDate (D:20200102030405Z)"
        document = read_one(written(tmp_path, "a.pdf", make_pdf(list(self.LINES), info=info)))
        assert document.text.split("\n\n") == [
            "Merger off at Ellermouth",
            "The boards of the two trusts have walked away from a long-planned merger, which was to have been signed "
            "by the regulator before the end of the year. Neither would say why.",
            "A second paragraph says that long-planned things seldom happen at all.",
        ]
        assert document.title == "Merger off at Ellermouth"
        assert document.published == date(2020, 1, 2)

    def test_a_hyphen_that_belongs_there_stays(self) -> None:
        assert (
            paragraphs([Line("a long-"), Line("planned deal, and a long-planned row")])
            == "a long-planned deal, and a long-planned row"
        )

    def test_encrypted(self, tmp_path: Path) -> None:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(["Text"])))
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(tmp_path / "a.pdf")
        assert "encrypted PDF" in error_of(tmp_path / "a.pdf")

    def test_scanned(self, tmp_path: Path) -> None:
        writer = pypdf.PdfWriter()
        writer.add_blank_page(200, 200)
        writer.write(tmp_path / "a.pdf")
        assert "PDF without a text layer" in error_of(tmp_path / "a.pdf")

    def test_broken_and_quiet(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        assert "broken PDF" in error_of(written(tmp_path, "a.pdf", make_pdf(["Text"])[:120]))
        assert capfd.readouterr() == ("", "")

    def test_a_damaged_but_readable_file_is_read_quietly(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        data = make_pdf(["The text is there."]).replace(b"startxref\n", b"startxref\n9")
        assert read_one(written(tmp_path, "a.pdf", data)).text == "The text is there."
        assert capfd.readouterr() == ("", "")


class TestFinding:
    def test_folders_sorted_without_hidden_files_each_once(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.txt", ".hidden.txt"):
            written(tmp_path, name, "Text.")
        (tmp_path / "c").mkdir()
        written(tmp_path / "c", "d.md", "Text.")
        (tmp_path / "c" / "loop").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
        found = expand([tmp_path, tmp_path / "a.txt", str(tmp_path / "*.txt")])
        assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a.txt", "b.txt", "c/d.md"]

    def test_paths_stay_as_they_were_typed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "in").mkdir()
        written(tmp_path / "in", "a.txt", "Text.")
        monkeypatch.chdir(tmp_path)
        assert [d.path for d in read(["in"], on_error=pytest.fail)] == ["in/a.txt"]
        assert [d.path for d in read(["in/*.txt"], on_error=pytest.fail)] == ["in/a.txt"]

    def test_a_name_with_brackets_is_a_name_first(self, tmp_path: Path) -> None:
        path = written(tmp_path, "report [final].txt", "Text.")
        assert expand([path]) == [path]

    @pytest.mark.parametrize("named", ["missing.txt", "*.eml", "empty"])
    def test_nothing_found_at_all(self, tmp_path: Path, named: str) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(InputError) as caught:
            read([tmp_path / named], on_error=pytest.fail)
        assert caught.value.exit_code == 2
        assert named in str(caught.value)

    def test_one_missing_among_others_is_reported_and_the_run_goes_on(self, tmp_path: Path) -> None:
        good = written(tmp_path, "z.txt", "Text.")
        errors: list[ReadError] = []
        documents = list(read([tmp_path / "no.txt", good], on_error=errors.append))
        assert [d.path for d in documents] == [good.as_posix()]
        assert [e.exit_code for e in errors] == [1]
        assert "no.txt: no such file or folder" in str(errors[0])

    def test_broken_and_circular_links(self, tmp_path: Path) -> None:
        (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
        (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
        assert "no such file" in error_of(tmp_path / "gone.txt")
        assert "can't be opened" in error_of(tmp_path / "round.txt")

    @pytest.mark.parametrize(
        ("name", "advice"),
        [("a.jpg", "this reads .docx"), ("a.xlsx", "this reads"), ("a.doc", ".docx"), ("a.msg", ".eml")],
    )
    def test_other_kinds_of_file(self, tmp_path: Path, name: str, advice: str) -> None:
        message = error_of(written(tmp_path, name, b"\xff\xd8\xff"))
        assert "not a kind of file that holds a briefing" in message
        assert advice in message

    def test_no_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = written(tmp_path, "a.txt", "Text.")

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        assert "no permission" in error_of(path)

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.txt")
        assert "not a regular file" in error_of(tmp_path / "a.txt")

    def test_too_big(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        with path.open("wb") as file:
            file.truncate(MAX_BYTES + 1)
        assert "over 20 MB" in error_of(path)

    def test_a_hostile_file_name_stays_one_line(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a\n\x1b[31mb.txt", b"")
        errors: list[ReadError] = []
        list(read([path], on_error=errors.append))
        assert str(errors[0]).endswith("a??[31mb.txt: empty file: nothing to read")

    @pytest.mark.parametrize(
        ("data", "title"),
        [
            (b"Plain words.\n\nMore.", "Plain words."),
            (PAGE.encode(), "Merger off"),
            (TestEmail.HEAD.encode() + b"Subject: By mail\n\nText.", "By mail"),
            (make_pdf(["Drawn words"]), "Drawn words"),
        ],
    )
    def test_standard_input_is_told_by_its_content(
        self, monkeypatch: pytest.MonkeyPatch, data: bytes, title: str
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        (document,) = read(["-"], on_error=pytest.fail)
        assert (document.title, document.path) == (title, None)
        assert document.id.startswith("stdin-")


class TestTitleAndSource:
    def test_the_first_line_that_is_not_about_the_briefing(self, tmp_path: Path) -> None:
        raw = "Source: The Harbour Weekly | Friday\nDate: 1 June 2020\n\n# One boss\n\nText."
        document = read_one(written(tmp_path, "a.txt", raw))
        assert (document.title, document.source, document.published) == (
            "One boss",
            "The Harbour Weekly",
            date(2020, 6, 1),
        )

    def test_the_file_name_where_the_first_line_is_a_paragraph(self, tmp_path: Path) -> None:
        assert read_one(written(tmp_path, "note.txt", "A long first paragraph. " * 10)).title == "note"


class TestDates:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("8 November 2024", date(2024, 11, 8)),
            ("Friday 8th Nov. 2024", date(2024, 11, 8)),
            ("November 8, 2024", date(2024, 11, 8)),
            ("08/11/2024", date(2024, 11, 8)),
            ("8.11.2024", date(2024, 11, 8)),
            ("2024-11-08T23:59:00+01:00", date(2024, 11, 8)),
            ("briefing_20241108_final", date(2024, 11, 8)),
            ("2024-11-08-three-chairs", date(2024, 11, 8)),
            ("08-11-2024 board", date(2024, 11, 8)),
            ("31 February 2024, then 1 March 2024", date(2024, 3, 1)),
            ("31/02/2024", None),
            ("2024-13-01", None),
            ("11/28/2024", None),
            ("0001-01-01", None),
            ("2024-25 plan", None),
            ("November 2024", None),
            ("123456789012", None),
            ("", None),
        ],
    )
    def test_find(self, text: str, found: date | None) -> None:
        assert dates.find(text) == found

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Headline\nPublished: 8 November 2024", date(2024, 11, 8)),
            ("Headline\n**Date:** 2024-11-08", date(2024, 11, 8)),
            ("Headline\nFriday 8 November 2024, 6.30am", date(2024, 11, 8)),
            ("The deal closes on 8 November 2024.", None),
            ("Headline\nPublished: soon", None),
            ("x\n" * 20 + "Published: 8 November 2024", None),
        ],
    )
    def test_in_lines(self, text: str, found: date | None) -> None:
        assert dates.in_lines(text) == found

    def test_unknown_is_never_today(self, tmp_path: Path) -> None:
        assert read_one(written(tmp_path, "note.txt", "Words without a date.")).published is None

    @given(st.dates(date(1948, 1, 1), date(2099, 12, 31)))
    def test_every_day_is_read_in_every_form(self, day: date) -> None:
        for form in ("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d %B %Y", "%B %d, %Y", "%A %d %b %Y"):
            assert dates.find(day.strftime(form)) == day

    @given(st.text())
    def test_any_text_gives_a_date_or_none(self, text: str) -> None:
        assert isinstance(dates.find(text), date | None)
        assert isinstance(dates.in_lines(text), date | None)


SAMPLES = [
    PAGE.encode(),
    make_pdf(["Some text", "and more"]),
    (TestEmail.HEAD + "Subject: x\n\ny").encode(),
    b"---\na: b\n---\nc",
]


def test_every_example_briefing_is_read_with_title_and_date() -> None:
    folder = Path(__file__).parents[2] / "examples" / "briefings"
    documents = list(read([folder], on_error=lambda error: pytest.fail(str(error))))
    assert len(documents) >= 15
    assert {Path(d.path or "").suffix for d in documents} == {".txt", ".md", ".html", ".eml", ".docx", ".pdf"}
    for document in documents:
        assert document.published is not None
        assert Path(document.path or "").name.startswith(document.published.isoformat())
        assert document.title in document.text
        assert 180 <= len(document.text.split()) <= 450


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Random bytes, or a good file with a stretch of it replaced."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=400))
    sample = draw(st.sampled_from(SAMPLES))
    start = draw(st.integers(0, len(sample)))
    return sample[:start] + draw(st.binary(max_size=20)) + sample[start + draw(st.integers(0, 60)) :]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=damaged(), suffix=st.sampled_from([".txt", ".md", ".html", ".eml", ".docx", ".pdf", "", ".jpg"]))
def test_any_bytes_are_a_document_or_one_line(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = written(tmp_path, f"any{suffix}", data)
    errors: list[ReadError] = []
    documents = list(read([path], on_error=errors.append))
    assert len(documents) + len(errors) == 1
    for error in errors:
        assert "\n" not in str(error)
    for document in documents:
        assert document.text.strip()
        assert document.title
        assert plaintext.normalise(document.text) == document.text
        assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
