"""Briefings in, extractions out: the steps of ingestion joined as generators.

read → parse → mentions and linking → coreference → relations. Documents stream through one
by one, so a thousand briefings need no more memory than a few; nothing here writes anything. With several
workers, what comes out is the same, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path

from graph.model import Document, Entity, Extraction, Membership, Succession
from graph.schema import PERSON
from ingest.annotation import Annotation
from ingest.coreference import resolve
from ingest.link import annotate
from ingest.parse import DEFAULT_MODEL, parse
from ingest.people import identities
from ingest.register import Register
from ingest.relations import combine
from ingest.relations.model import RelationModel
from ingest.workers import spread

FEW = 40
"""Up to so many documents are read in this process: workers would take longer to start."""


def extract(
    documents: Iterable[Document],
    *,
    register: Sequence[Path] = (),
    model: str = DEFAULT_MODEL,
    min_confidence: float = 0.0,
    workers: int = 1,
) -> Iterator[Extraction]:
    """Extract each document's entities and statements, in order.

    `register` names extra register files; statements below `min_confidence` are left out. More than one of
    `workers` shares out long streams to so many processes, in which the calling script is imported: it must
    guard what it does with `if __name__ == "__main__"`.

    Raises:
        RegisterError: an extra register file is malformed.
        InputError: the spaCy model is not installed.
    """
    if workers > 1:
        stream = iter(documents)
        first = list(islice(stream, FEW + 1))
        documents = chain(first, stream)
        if len(first) > FEW:
            work = partial(_lot, register=tuple(register), model=model, min_confidence=min_confidence)
            yield from spread(work, documents, workers=workers)
            return
    known = Register.load(register) if register else _register(())
    yield from _extract(documents, known, model, min_confidence)


def _extract(
    documents: Iterable[Document], register: Register, model: str, min_confidence: float
) -> Iterator[Extraction]:
    scorer = RelationModel.load()
    for parsed in parse(documents, model=model):
        annotation = resolve(annotate(parsed, register))
        yield assemble(annotation, register, scorer, min_confidence=min_confidence)


def _lot(
    documents: Sequence[Document], *, register: tuple[Path, ...], model: str, min_confidence: float
) -> list[Extraction]:
    """A worker's part: its register is read once for all lots."""
    return list(_extract(documents, _register(register), model, min_confidence))


@lru_cache(maxsize=1)
def _register(paths: tuple[Path, ...]) -> Register:
    return Register.load(paths)


def assemble(
    annotation: Annotation, register: Register, scorer: combine.Scorer | None, *, min_confidence: float = 0.0
) -> Extraction:
    """Relations, lineage and membership of one annotated briefing, as what a writer takes."""
    statements = tuple(s for s in combine.statements(annotation, scorer) if s.confidence >= min_confidence)
    named = {m.entity for m in annotation.mentions} | {e for s in statements for e in (s.subject, s.object) if e}
    entities = {id: _with_forms(annotation.entities[id], annotation) for id in sorted(named)}
    for entity in tuple(entities.values()):
        for member in entity.members:
            if member in annotation.entities:
                entities.setdefault(member, annotation.entities[member])
            elif member in register:
                entities.setdefault(member, register.entity(member))
    successions = _successions(entities, register)
    memberships = _memberships(entities, register)
    around = {*(e for s in successions for e in (s.predecessor, s.successor)), *(m.whole for m in memberships)}
    for id in sorted(around - set(entities)):
        entities[id] = register.entity(id)
    return Extraction(
        document=annotation.parsed.document,
        entities=tuple(entities[id] for id in sorted(entities)),
        mentions=annotation.mentions,
        statements=statements,
        questions=annotation.questions,
        successions=successions,
        memberships=memberships,
        identities=identities(statements, entities, register),
    )


def _with_forms(entity: Entity, annotation: Annotation) -> Entity:
    """A body that the register does not know, with the names that this briefing gives it as aliases."""
    if entity.known or entity.kind == PERSON:
        return entity
    forms = {m.text for m in annotation.mentions if m.entity == entity.id and m.via not in {"reference", "pronoun"}}
    return replace(entity, aliases=tuple(sorted({*entity.aliases, *forms} - {entity.name})))


def _successions(entities: dict[str, Entity], register: Register) -> tuple[Succession, ...]:
    """Direct predecessors and successors of the organisations named."""
    found = {s for id in entities for s in (*register.predecessors(id), *register.successors(id))}
    return tuple(sorted(found, key=lambda s: (s.predecessor, s.successor, str(s.date))))


def _memberships(entities: dict[str, Entity], register: Register) -> tuple[Membership, ...]:
    """The system that each named organisation belongs to."""
    pairs = {(id, system) for id in entities if (system := register.system_of(id)) is not None and system != id}
    return tuple(Membership(part, whole) for part, whole in sorted(pairs))
