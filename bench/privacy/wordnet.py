"""English as people write it: the examples of WordNet 3.1, in which names are put where pronouns and the like stand."""

import random
import re
from pathlib import Path

import sentences

EXAMPLE = re.compile(r'"([^"]{12,240})"')
KINDS = {
    "P": """man woman boy girl child teacher student patient lawyer politician speaker author writer actor actress senator president king queen judge
doctor minister player director artist poet painter singer governor mayor lady gentleman candidate soldier prisoner captain professor guest
victim driver widow leader guy fellow person husband wife mother father brother sister boss""".split(),
    "O": """company firm corporation bank university hospital committee organization team school store agency newspaper party board union
administration magazine museum factory club manufacturer college restaurant hotel press department""".split(),
    "G": "city town country village island state region nation capital area".split(),
}
HEADS = {noun: kind for kind, nouns in KINDS.items() for noun in nouns}
JOBS = set("teacher lawyer politician senator president doctor minister director artist poet painter singer governor mayor soldier captain professor actor actress judge".split())
"""What stands before a name as somebody's occupation."""
WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
FINITE = set("is was has had does did will would can could may might must should said says came went got".split())
BEHIND_OBJECT = set("""in on at for with from to about after before behind by of as and or but so when while that who if because into over up down out off
away back again again the a an this some any""".split())


def examples(folder):
    """Returns the examples without names of their own."""
    found = set()
    for part in ("adj", "adv", "noun", "verb"):
        for line in (Path(folder) / ("data." + part)).read_text(encoding="utf-8").split("\n"):
            _, _, gloss = line.partition(" | ")
            found.update(EXAMPLE.findall(gloss))
    ordinary = sentences.common_words()
    return sorted(text for text in found if nameless(text, ordinary))


def nameless(text, ordinary):
    words = WORD.findall(text)
    if len(words) < 3 or "`" in text or "--" in text:
        return False
    first = words[0]
    if first[0].isupper() and first.lower() not in ordinary and len(first) > 3:
        return False
    return all(not word[0].isupper() or word == "I" or word.startswith("I'") for word in words[1:])


def named(text, fill):
    """Returns the text with names for some of its pronouns, people, firms and places; fill makes them of templates."""
    pieces = re.split(r"([A-Za-z]+(?:'[a-z]+)?)", text)
    words = [piece.lower() if at % 2 else piece for at, piece in enumerate(pieces)]
    out, at = list(pieces), 1
    while at < len(pieces):
        word = words[at]
        after = words[at + 2] if at + 2 < len(words) else ""
        signed = at + 1 < len(words) and words[at + 1].strip() != ""
        if random.random() < 0.75:
            if word in ("he", "she"):
                out[at] = fill(random.choice(["{P}", "{P}", "{P}", "{Pf}", "{Pl}", "{T} {Pl}"]))
            elif word in ("he's", "she's"):
                out[at] = fill("{P}") + "'s"
            elif word == "they" and random.random() < 0.5:
                out[at] = fill(random.choice(["{P} and {P}", "{Pf} and {Pf}", "the {NRP}s", "{O} and {O}", "{P}, {P} and {P}"]))
            elif word == "him" or word == "her" and (signed or after == "" or after in BEHIND_OBJECT):
                out[at] = fill(random.choice(["{P}", "{P}", "{Pf}", "{Pf}", "{T} {Pl}", "{Pl}"]))
            elif word in ("his", "her", "their", "its") and after and not signed:
                out[at] = fill(random.choice(["{P}'s", "{Pf}'s", "{Pl}'s"] if word in ("his", "her") else ["{O}'s", "{G}'s", "{O}'s", "{Pl}'s", "the {O}", "the {NRP}"]))
            elif word in ("it", "they") and at == 1 and random.random() < 0.5:
                out[at] = fill(random.choice(["{O}", "{O}", "{G}"]))
            elif word in ("here", "there") and at > 1 and words[at - 2] not in FINITE:
                out[at] = fill(random.choice(["in {G}", "in {C}", "at {O}", "at {SA}"]))
            elif word in ("the", "a") and words[at + 1 : at + 2] == [" "] and random.random() < 0.07:
                out[at] = "the " + fill(random.choice(["{NRP}", "{NRP}", "{O}", "{G}"]))
            elif word in ("the", "a", "an", "this", "that") and not signed and after in HEADS and words[at + 1] == " ":
                behind = words[at + 3].strip() if at + 3 < len(words) else ""
                much = at + 4 < len(words) and (words[at + 4] in HEADS or words[at + 4] == "of")
                if not much or behind:
                    kind = HEADS[after]
                    draw = {"P": ["{P}", "{P}", "{Pf}", "{T} {Pl}", "the " + ("\x01T\x02%s\x03" % after if after in JOBS else after) + " {P}", "{Pl}"], "O": ["{O}", "{O}", "{O}", "the " + after + " {O}"],
                            "G": ["{G}", "{G}", "{C}", "the " + after + " of {G}"]}[kind]
                    out[at], out[at + 1], out[at + 2] = fill(random.choice(draw)), "", ""
                    at += 2
        at += 2
    text = "".join(out)
    if random.random() < 0.45:
        text = ended(text, fill)
    return text[0].upper() + text[1:] if text[0].isalpha() and random.random() < 0.8 else text


def ended(text, fill):
    end = text[-1] if text[-1] in ".!?" else ""
    tail = random.choice([
        " in {G}", " in {G}", " in {C}", " at {O}", " at {O}", " with {P}", " for {P}", " on {D}", " in {Y}", " on {W}", " from {O}", " for {O}", " near {C}",
        ", said {P}", ", says {P}", ", according to {O}", ", {P} said", " with {P} and {P}", " at {SA}", " on {R}", ", {Pf}", ", wrote {P} in {Y}", " by {P}", " like {P}",
        " of {O}", " from {G}", " ({P})", " ({O})", " ({G}, {Y})"])
    return text.rstrip(".!?") + fill(tail) + end


def plain(text):
    text = text[0].upper() + text[1:] if random.random() < 0.75 else text
    return text + random.choice(["", ".", ".", ".", "!"]) if text[-1] not in ".!?" else text


def classes(folder):
    """Returns by word its most frequent kind of meaning: one of WordNet's 45 files, more for names."""
    names = {}
    for line in (Path(folder) / "data.noun").read_text(encoding="utf-8").split("\n"):
        parts = line.split(" ")
        if len(parts) > 5 and parts[0].isdigit():
            for at in range(int(parts[3], 16)):
                lemma = parts[4 + 2 * at]
                if lemma[0].isupper() and lemma[1:].islower():
                    names.setdefault((lemma.lower(), int(parts[1])), True)
                else:
                    names[lemma.lower(), int(parts[1])] = False
    best = {}
    for line in (Path(folder) / "index.sense").read_text(encoding="utf-8").split("\n"):
        key, _, rest = line.partition(" ")
        lemma, _, sense = key.partition("%")
        if not re.fullmatch(r"[a-z]{2,}", lemma):
            continue
        part, file = int(sense.split(":")[0]), int(sense.split(":")[1])
        number, count = int(rest.split(" ")[1]), int(rest.split(" ")[2])
        rank = (count, -number, part == 1, part == 2)
        if lemma not in best or rank > best[lemma][0]:
            name = part == 1 and names.get((lemma, file), False)
            kind = {18: 45, 15: 46, 14: 47}.get(file, 48) if name else file
            best[lemma] = (rank, kind)
    return {lemma: (kind, rank[0]) for lemma, (rank, kind) in best.items()}


OCCUPATIONS = """worker professional leader performer musician scientist athlete official clergyman creator educator expert skilled_worker serviceman trader
entertainer health_professional administrator employee player traveler aviator mariner planner maker""".split()
NO_OCCUPATIONS = "criminal slave prostitute whore traitor wrongdoer unfortunate unskilled_person bad_person deceiver enslaved_person".split()


def occupations(folder):
    """Returns what WordNet knows as kinds of workers, players, officials and the like; people with names are none."""
    below, lemmas, heads, never = {}, {}, set(), set()
    for line in (Path(folder) / "data.noun").read_text(encoding="utf-8").split("\n"):
        parts = line.split(" ")
        if len(parts) < 6 or not parts[0].isdigit():
            continue
        count = int(parts[3], 16)
        words = [parts[4 + 2 * at] for at in range(count)]
        lemmas[parts[0]] = words
        if parts[1] == "18":
            heads.update([parts[0]] if words[0] in OCCUPATIONS else [])
            never.update([parts[0]] if words[0] in NO_OCCUPATIONS else [])
        at = 4 + 2 * count
        for pointer in range(int(parts[at])):
            sign, target = parts[at + 1 + 4 * pointer], parts[at + 2 + 4 * pointer]
            if sign == "@":
                below.setdefault(target, set()).add(parts[0])
    found, open_ = set(), list(heads)
    while open_:
        one = open_.pop()
        if one not in found and one not in never:
            found.add(one)
            open_.extend(below.get(one, ()))
    names = {word.replace("_", " ") for one in found - heads for word in lemmas[one][:2]}
    return sorted(name for name in names if re.fullmatch(r"[a-z]+(?:[ -][a-z]+){0,2}", name) and 3 < len(name) < 26)
