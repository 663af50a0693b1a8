"""One set of annotated briefings read by this program, or read before, and set against the annotations."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import InputError, ReadError
from graph.model import Document, Extraction
from graph.plain import extraction as as_json
from ingest import pipeline, reader
from ingest.coreference import resolve
from ingest.evaluation import gold
from ingest.evaluation.align import Names
from ingest.evaluation.causes import Fault, Trace, Weighed, faults
from ingest.evaluation.gold import Briefing
from ingest.evaluation.score import Comparison, Figures, compare, figures
from ingest.link import annotate
from ingest.parse import DEFAULT_MODEL, parse
from ingest.register import Register
from ingest.relations import combine
from ingest.relations.model import RelationModel
from ingest.scene import Scene


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The comparisons of a set by the briefings' names. `unread` are annotated briefings that nothing was found for
    because there was no text or extraction; all that they hold counts as missed. `faults` is None where causes
    were not asked for."""

    comparisons: Mapping[str, Comparison]
    unread: tuple[str, ...] = ()
    faults: tuple[Fault, ...] | None = None

    @property
    def figures(self) -> Figures:
        return figures(self.comparisons.values())


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: extra registers and language model as in `extract`; what is kept; whether to look for causes."""

    register: Sequence[Path] = ()
    model: str = DEFAULT_MODEL
    min_confidence: float = 0.0
    causes: bool = False


def evaluate(
    annotations: Path,
    texts: Path | None = None,
    *,
    predicted: Path | None = None,
    options: Options | None = None,
    on_error: Callable[[ReadError], None] = lambda error: None,
    on_progress: Callable[[int], None] = lambda done: None,
) -> Evaluation:
    """Compare the extraction of briefings with their annotations.

    `annotations` holds JSON or marked text; JSON needs `texts`, a folder of briefings of the same names, unless
    `predicted` holds extractions made before and no causes are asked for.

    Raises:
        InputError: a folder is empty or malformed, or texts are missing.
        RegisterError: an extra register file is malformed.
    """
    options = options or Options()
    wanted = gold.load(annotations)
    names = Names(Register.load(options.register))
    needs_texts = predicted is None or options.causes
    with tempfile.TemporaryDirectory() as folder:
        if texts is None and needs_texts:
            texts = _written(wanted, Path(folder))
        documents = _documents(wanted, texts, on_error) if needs_texts and texts is not None else {}
    traces = {name: Trace(documents[name].text if name in documents else "") for name in wanted}
    if predicted is None:
        found = _read(documents, options, on_progress)
    else:
        known = gold.predicted(predicted)
        found = {name: _Reading(known[name], traces[name]) for name in wanted if name in known}
    comparisons: dict[str, Comparison] = {}
    causes: list[Fault] = []
    for name, annotation in wanted.items():
        reading = found.get(name, _Reading(Briefing(name, (), ()), traces[name]))
        kept = tuple(f for f in reading.found.facts if f.confidence >= options.min_confidence)
        comparisons[name] = compare(annotation, replace(reading.found, facts=kept), names)
        if options.causes:
            causes += faults(name, comparisons[name], reading.trace)
    return Evaluation(
        comparisons, tuple(name for name in wanted if name not in found), tuple(causes) if options.causes else None
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    found: Briefing
    trace: Trace


def _written(wanted: Mapping[str, Briefing], folder: Path) -> Path:
    """The texts that marked files bring along, as files: they are to be read like any other."""
    for name, briefing in wanted.items():
        if briefing.text is None:
            raise InputError(f"{name} is annotated without its text: name the folder of briefings too")
        (folder / f"{name}.txt").write_text(briefing.text, encoding="utf-8")
    return folder


def _documents(wanted: Iterable[str], texts: Path, on_error: Callable[[ReadError], None]) -> dict[str, Document]:
    files: dict[str, Path] = {}
    for file in reader.expand([texts]):
        files.setdefault(file.stem, file)
    needed = [files[name] for name in wanted if name in files]
    if not needed:
        raise InputError(f"{texts}: no briefing there bears the name of an annotation")
    return {Path(d.path or "").stem: d for d in reader.read(needed, on_error=on_error)}


def _read(
    documents: Mapping[str, Document], options: Options, on_progress: Callable[[int], None]
) -> dict[str, _Reading]:
    read = _with_all_proposals if options.causes else _as_shipped
    found: dict[str, _Reading] = {}
    for done, (extraction, weighed) in enumerate(read(documents.values(), options), 1):
        name = Path(extraction.document.path or "").stem
        questions = tuple((q.start, q.end) for q in extraction.questions)
        trace = Trace(extraction.document.text, weighed, questions)
        found[name] = _Reading(gold.extraction(as_json(extraction), name), trace)
        on_progress(done)
    return found


def _as_shipped(documents: Iterable[Document], options: Options) -> Iterator[tuple[Extraction, Weighed]]:
    for found in pipeline.extract(documents, register=options.register, model=options.model):
        yield found, {}


def _with_all_proposals(documents: Iterable[Document], options: Options) -> Iterator[tuple[Extraction, Weighed]]:
    """The same extractions step by step, with what rules and model proposed and the vote turned down."""
    known = Register.load(options.register)
    scorer = combine.Once(RelationModel.load())
    for parsed in parse(documents, model=options.model):
        annotation = resolve(annotate(parsed, known))
        weighed = {
            key: (
                combine.certainty(annotation, key, speaking),
                max(combine.RELATIONS[key[0]].threshold, options.min_confidence),
            )
            for key, speaking in combine.witnesses(Scene(annotation), scorer).items()
        }
        yield pipeline.assemble(annotation, known, scorer), weighed
