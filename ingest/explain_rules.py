"""What the relation rules say, in words: `holds_role.after_name.of` is "a post after the name; its body after “of”".

A rule's name is its predicate's module and the ways in which it found the fact and its ends, joined by dots; a
number behind one counts sentences back. A part without an entry here is told by its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_COMMON: Mapping[str, str] = {
    "named": "the sentence names who acts",
    "context": "an end taken from the sentences before",
    "context_many": "the first of several bodies named before",
    "context_first": "the first of several bodies named before",
    "context_only": "both ends taken from the sentences before",
    "sentence": "the body that the sentence names",
    "list": "the ends stand in a list",
    "roll_call": "a story about one kind of thing that lists the bodies it holds for",
    "story": "what the whole story is about",
    "here": "both ends in the sentence",
    "nearest": "the body nearest to the words for it",
    "only": "the one body that the sentence names",
    "subject": "the subject of the verb",
    "of": "its body after “of” or “at”",
    "at": "its body after “at”, “of” or “for”",
    "possessive": "the body that owns it (“X’s …”)",
    "several": "more bodies in the sentence that could be meant",
    "nosum": "no sum in the sentence",
    "between": "the words for it stand between the two",
    "beside": "both stand on one side of the words for it",
    "sides": "lists of bodies on both sides",
    "alike": "both of one kind",
    "mixed": "one of them a national body",
    "behind": "an end taken from the sentences before",
    "of_several": "of several named there",
    "many": "several could be meant",
}
_PARTS: Mapping[str, Mapping[str, str]] = {
    "holds_role": {
        "after_name": "a post right after the name",
        "before_name": "a post right before the name",
        "verb": "a verb that gives a post",
        "definite": "a post without a name: that of the person named last",
        "between": "the body between name and post",
        "office": "the office is the body (“health secretary”)",
        "led_by": "“led by” and its like",
        "shared": "a post shared with a second body",
        "succession": "one takes over from the other",
        "respective": "several posts told in the order of the bodies",
    },
    "merger_talks": {
        "merger": "words of merger",
        "acquisition": "words of takeover",
        "group": "words of a group",
        "joint_leadership": "words of shared leaders",
        "integration": "words of integration",
        "sentence": "the two bodies that the sentence names",
        "clause": "the bodies of one clause",
        "all": "all bodies of a kind in the sentence",
        "across": "two providers of different kinds",
        "collective": "a collective that becomes one",
    },
    "regulatory_action": {
        "rating": "words of a rating",
        "inspection": "words of an inspection",
        "special_measures": "words of special measures",
        "enforcement": "words of enforcement",
        "investigation": "words of an investigation",
        "restriction": "words of a restriction",
        "approval": "words of approval",
        "subject": "the regulator is the subject",
        "parties": "each party named",
        "deal": "each party of the deal that the story tells of",
    },
    "funding": {
        "gives": "a verb of giving, payer first",
        "given": "a verb of giving in the passive",
        "gets": "a verb of getting",
        "asks": "a verb of asking for money",
        "keeps": "a verb of holding money back",
        "refuses": "a verb of refusing",
        "bills": "words of billing",
        "fined": "a verb of fining in the passive",
        "fined_by": "“fined by”, “billed by”",
        "owes": "a verb of owing",
        "owed": "a verb of owing in the passive",
        "owed_by": "“owed by”",
        "ranks": "a sum, a word of funding and two bodies of which one funds the other",
        "item": "an item of a list; the payer stands in the text above",
        "it": "an end told by “it”",
        "nobody": "the recipient taken from the sentences before",
        "government": "the payer a government department",
        "regulator": "the payer a national body",
        "icb": "the payer an ICB",
        "ics": "the payer a system",
        "ccg": "the payer a CCG",
        "local_authority": "the payer a council",
    },
    "dispute": {
        "arbitration": "words of arbitration",
        "claim": "a claim for money that is denied",
        "contract": "words of a row",
        "control_total": "a target that is refused",
        "industrial_action": "words of a strike or ballot",
        "legal": "words of a court case",
        "ruling": "a ruling after arbitration",
        "tribunal": "words of an employment tribunal",
        "union": "a union against an employer",
        "employer": "the employer taken from the sentences before",
        "signer": "the provider taken from the sentences before",
        "union1": "the union named one sentence before",
        "story": "the national body that the story names",
        "ministers": "the government is the employer",
        "listed": "two bodies in one list",
        "people": "several persons named",
    },
    "commissioned": {
        "buys": "a verb of buying, buyer first",
        "sells": "a verb of selling, seller first",
        "by": "a passive with “by”",
        "cue": "a word of contracting beside client and supplier",
        "together": "a public body and a supplier side by side",
        "hands": "a contract handed over",
        "handed": "a contract handed over, in the passive",
        "study": "a study asked for",
        "hired": "words of hiring before the seller",
        "is_hired": "words of hiring after the seller",
        "wins": "the seller wins it",
        "wins_from": "the seller wins it from the buyer",
        "awarded": "words of awarding",
    },
    "deficit": {
        "subject": "the body before the words for it",
        "context": "the body taken from the sentences before",
        "at": "the body after “at”, “of” or “for”",
    },
    "criticised": {
        "strong": "strong words of blame",
        "weak": "weak words of blame",
        "harsh": "harsh words about one body",
        "near": "the names nearest to the verb",
        "passive": "a passive with “by”",
        "subject": "the critic is the subject",
    },
    "part_of": {
        "phrase": "“part of”, “owned by” and their like",
        "comprises": "“made up of”, “includes” and their like",
        "inside": "bodies of a system",
    },
}


def gloss(rule: str) -> str:
    """What a rule says, in words.

    >>> gloss("holds_role.after_name.of")
    'a post right after the name; its body after “of” or “at”'
    >>> gloss("commissioned.behind.wins.1")
    'an end taken from the sentences before; the seller wins it; 1 sentence back'
    """
    module, *parts = rule.split(".")
    own = _PARTS.get(module, {})
    said: list[str] = []
    for part in parts:
        word, number = re.fullmatch(r"(.*?)(\d*)", part).groups()  # type: ignore[union-attr]  # fits any text
        text = own.get(part) or own.get(word) or _COMMON.get(word) or word.replace("_", " ")
        if number and part not in own:
            back = f"{number} sentence{'s' * (number != '1')} back"
            text = f"{text} of {number}" if word == "roll_call" else f"{text}, {back}" if text else back
        said.append(text)
    return "; ".join(said) or module.replace("_", " ")
