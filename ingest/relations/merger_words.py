"""Words of merger talks: what form the talks take, and how far along they are.

FORMS are tried in order, the first that matches names the form. STATUSES likewise, so that the end of talks
outranks their beginning ("called off" before "in talks") and a denial outranks both of the weak ones.
"""

from __future__ import annotations

import re

FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "joint_leadership",
        re.compile(
            r"\b(?:share[sd]?|sharing|joint|single|one|same|common|"
            r"shared)\b(?:\s+[\w-]+){0,3}\s+(?:chief executive|chair(?:man)?|boss|leadership|"
            r"accountable officer|management team|executive team|leadership team|executive|chief)\b"
            r"|\bchair in common\b|\b(?:chief executive|chair|accountable officer) (?:between them|"
            r"of both|for both|in common)\b|\bcommittees? in common\b|\bunder one (?:leadership|boss|"
            r"chief executive)\b|\bmanagement (?:contract|merger)\b",
            re.I,
        ),
    ),
    (
        "acquisition",
        re.compile(
            r"\b(?:take[ -]?over|takes? over|taking over|took over|taken over|acqui(?:re|res|red|ring|"
            r"sition|sitions)|bought|buys?|buying|purchase|absorb\w*|swallow\w*|merger by acquisition|"
            r"annex\w*|bid for|gobbl\w+)\b",
            re.I,
        ),
    ),
    (
        "group",
        re.compile(
            r"\b(?:hospitals? group|group model|provider group|form(?:ing|ed)? a group|(?:into|in|as|"
            r"under) (?:a|one|the) (?:\w+ )?group\b|foundation group|group (?:board|structure|"
            r"arrangement)|[“\"‘']group[”\"’'])",
            re.I,
        ),
    ),
    (
        "integration",
        re.compile(
            r"\b(?:vertical(?:ly)? integrat\w+|integrated care organisation|formal integration|"
            r"integrate(?:d)? with|integration of|integration with)\b",
            re.I,
        ),
    ),
    (
        "merger",
        re.compile(
            r"\b(?:merg(?:e|es|ed|er|ers|ing)|demerge\w*|single (?:organisation|trust|body|ccg|"
            r"statutory body|group|commissioner|commissioning)|one (?:organisation|trust|ccg|body|"
            r"statutory body)|join forces|joining forces|joined forces|"
            r"join(?:ing)? up|joined up with|combin(?:e|es|ed|ing|ation)|amalgamat\w+|consolidat\w+|"
            r"unit(?:e|ed|ing)\b|union of|come together|coming together|came together|tie[- ]up|"
            r"tying the knot|marriage|wed(?:ding)?\b|"
            r"betroth\w+|getting hitched|hitched|fus(?:e|ed|ing|ion)|bec(?:ome|oming|omes|ame) (?:one|"
            r"a single)|full legal combination|successor (?:organisation|body|trust)|"
            r"be rolled (?:together|into)|"
            r"altar|nuptials|jilt\w*|suitors?|courtship|wooing|wooed|get-together|pair(?:ing)? (?:off|"
            r"up) with|(?:two|three|four)-way union|union (?:with|between)|single (?:outfit|entity|"
            r"provider|institution|commissioning group)|"
            r"fold(?:ed|ing)? into|legal(?:ly)? combin\w+|dissolv\w+ into|rolled into one)\b",
            re.I,
        ),
    ),
)
STATUSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "blocked",
        re.compile(
            r"\b(?:block(?:ed|s)|(?:was|were|been) refused|prohibit\w*|turned down|threw (?:it|them|"
            r"the \w+) out|thrown out|veto\w*|voted (?:[\w ]+ )?against|rejected by|has said no|said no\b|"
            r"ruled against|put its foot down|refused permission|no leave to|pronounced it a|forbid\w*|"
            r"forbade|voted down|scuppered by)"
        ),
    ),
    (
        "called_off",
        re.compile(
            r"\b(?:called off|call off|abandon\w*|scrap(?:ped|s)|collaps\w+|walk(?:ed|s|ing)? away|"
            r"broken off|broke off|pulled out|pull(?:s|ing)? out|withdr[ae]w\w*|ditched|shelved for good|"
            r"fell through|fallen through|dropped|jilted|took fright|ended\b|dead in the water|"
            r"no longer (?:want|plan|proceed|merge|going)|backed out|came to nothing|unravel\w*|scotched|"
            r"not to merge|decided against|no further|no wedding|(?:was|were) (?:supposed|meant|due|"
            r"going) to|(?:was|were) to have|did talk|wound up|rejected an? (?:offer|approach|bid)|"
            r"thought better|went nowhere|turned (?:it|them|him|her) down)"
        ),
    ),
    (
        "paused",
        re.compile(
            r"\b(?:paus\w+|on hold|on ice|postpon\w+|delay\w*|put off|pushed back|deferr\w+|suspend\w*|"
            r"stall\w*|until the dust|parked|shelv\w+|mothball\w*|in abeyance|off the agenda|"
            r"stopped the clock|in the freezer|more months|until (?:after|further notice))"
        ),
    ),
    (
        "completed",
        re.compile(
            r"\b(?:completed?\b|went through|took the name|was taken over|(?:have|has) (?:had|shared) .{0,60}since|"
            r"since .{0,30} (?:have|has) (?:had|shared)|pooled their|(?:is|are) now part of|(?:which|"
            r"that) make up|ceased to exist|took effect|takes? effect|was formed|were merged|merged in|"
            r"merged to|merged into|merged on|having merged|has merged|have merged|formally merged|"
            r"came into being|(?:was|were) (?:born|created|dissolved|absorbed|swallowed|acquired|"
            r"taken over)|became (?:one|a single|part)|now belongs?|joined .{0,40}(?:at midnight|last|"
            r"in \d{4})|(?:took over|swallowed|absorbed) .{0,60}(?:in \d{4}|last|on \d)|newly merged|recently merged|"
            r"since (?:the|its|their) merger|acquired .{0,60}in \d{4}|post-merger|"
            r"bought .{0,50}(?:in \d{4}|last (?:year|month)))"
        ),
    ),
    (
        "in_talks",
        re.compile(
            r"\b(?:should|if|once) (?:both|the|its|their|all) (?:boards?|governors|members|parties) "
            r"(?:say|agree|approve|vote)"
        ),
    ),
    (
        "approved",
        re.compile(
            r"\b(?:approv(?:ed|es|al has)|cleared|clears|given? the (?:green light|go-ahead|nod|"
            r"all[- ]clear)|waved (?:it )?(?:through|on)|signed off by|(?:has|have) consented|"
            r"consented to|rubber-stamp\w*|blessing of|(?:its|their) (?:consent|blessing|approval|leave)|"
            r"given leave|no objection|sees no harm|came through|green light|green-lit|got the nod)"
        ),
    ),
    (
        "agreed",
        re.compile(
            r"\b(?:agree[ds]?\b|agreed to|vote[ds]? (?:for|in favour|to)|every hand|"
            r"(?:days|weeks|months) (?:away |short )?(?:of|from) (?:becoming|merging)|"
            r"boards? (?:have |has )?(?:backed|"
            r"approved|agreed)|sign(?:ed)? (?:off|up)|shook hands|said (?:yes|“i do”)|will merge|"
            r"are to (?:merge|become|share|have|join|form)|is to (?:merge|become|take over|acquire|join|"
            r"share|buy)|will (?:take over|become|join|share|acquire|buy|form|be (?:absorbed|merged|"
            r"acquired|taken over))|set to merge|due to merge|decided to (?:merge|join)|plans? to become|"
            r"announced|passed by both|intend to become|from (?:january|february|march|april|may|june|"
            r"july|august|september|october|november|december)|subject to|chosen|choose|"
            r"to be the (?:first|next)|voted (?:in \w+ )?to|decision (?:in \w+ )?to (?:form|merge|join)|"
            r"first joint|single .{0,20} from)"
        ),
    ),
    (
        "mooted",
        re.compile(
            r"\b(?:deni(?:ed|es|al)|deny|no plans?|not merging|no merger|no truth|(?:isn't|aren't|is not|"
            r"are not|never|not) "
            r"(?:\w+ ){0,3}(?:merg\w*|in talks|talking|true))"
        ),
    ),
    (
        "in_talks",
        re.compile(
            r"\b(?:in (?:\w+ )?talks|holding talks|opened talks|began talks|negotiat\w+|consulting|"
            r"consultation on|business case|"
            r"due diligence|working (?:on|towards|up)|memorandum of understanding|drawing up|"
            r"in discussions?|discussions (?:with|about)|"
            r"(?:merger|takeover|integration) talks|talks (?:with|about|on|over|between))"
        ),
    ),
    (
        "mooted",
        re.compile(
            r"\b(?:could|may|might|moot\w*|rumou?r\w*|speculat\w*|propos\w+|suggest\w*|option|options|"
            r"consider\w*|explor\w*|should|would|possib\w+|idea|talk of|thought|asked (?:whether|to look)|"
            r"recommend\w*|deni(?:ed|es|al)|deny|no plans?|not merging|no merger|feasib\w+|likely|hint\w*|"
            r"float\w*|wants? to|interested in|ought|(?:is|are|was|isn't|aren't) not? ?(?:a )?merg\w*|"
            r"isn't true|no truth|asked (?:its|if|whether)|invited|approach|whether|fanc(?:y|ied)|one day|"
            r"by stealth)"
        ),
    ),
    (
        "in_talks",
        re.compile(
            r"\b(?:talks|negotiat\w+|discuss\w+|consult\w+|working (?:on|towards|up)|business case|"
            r"outline case|preparing|plan(?:s|ned|ning)? to|hopes? to|intend\w*|"
            r"memorandum of understanding|due diligence|progress\w*|apply|applied|application|bidding|"
            r"preferred)"
        ),
    ),
)
