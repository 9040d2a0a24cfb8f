"""Ordinary English without names, from words.txt: sentences, headings, lists, chat, notes of doctors."""

import random
import re
from pathlib import Path

WORDS = {}
for _line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
    if _line and not _line.startswith("#"):
        _kind, _, _rest = _line.partition(":")
        WORDS.setdefault(_kind, []).extend(_rest.split())
NOUNS, VERBS, ADJECTIVES, ADVERBS = (WORDS[k] for k in ("noun", "verb", "adj", "adv"))
MEDICAL = NOUNS[NOUNS.index("anaemia"):NOUNS.index("clinician")] + NOUNS[NOUNS.index("pathology"):]
IRREGULAR = dict(p.split("/") for p in """be/was have/had do/did say/said go/went get/got make/made know/knew
think/thought take/took see/saw come/came find/found give/gave tell/told feel/felt become/became leave/left put/put
mean/meant keep/kept let/let begin/began hear/heard run/ran bring/brought write/wrote sit/sat stand/stood lose/lost
pay/paid meet/met set/set lead/led understand/understood speak/spoke read/read spend/spent grow/grew win/won
teach/taught buy/bought send/sent build/built fall/fell cut/cut sell/sold hit/hit break/broke catch/caught draw/drew
choose/chose drive/drove fly/flew lend/lent forgive/forgave sing/sang hurt/hurt wake/woke sleep/slept eat/ate
rise/rose drop/dropped throw/threw swim/swam ride/rode wear/wore forget/forgot hold/held dig/dug feed/fed""".split())


def plural(noun):
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return noun + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + "s"


def past(verb):
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.search(r"[^aeiou][aiou][bdgmnpt]$", verb) and len(verb) < 6:
        return verb + verb[-1] + "ed"
    return verb + "ed"


def going(verb):
    if verb.endswith("e") and verb not in ("be", "see", "agree"):
        return verb[:-1] + "ing"
    if re.search(r"[^aeiou][aiou][bdgmnpt]$", verb) and len(verb) < 6:
        return verb + verb[-1] + "ing"
    return verb + "ing"


def common_words():
    """Returns the words and their forms, as the word lists that ship have them."""
    found = set()
    for words in WORDS.values():
        found.update(words)
    found.update(plural(n) for n in NOUNS)
    for verb in VERBS:
        found.update((plural(verb), past(verb), going(verb)))
    for adjective in ADJECTIVES:
        found.update((adjective + "ly", adjective + "er", adjective + "est", adjective + "ness"))
    return {part for word in found for part in re.findall(r"[^\W\d_]+", word.lower()) if len(part) > 1}


def n():
    return random.choice(NOUNS)


def ns():
    return plural(n())


def adj():
    return random.choice(ADJECTIVES)


def v():
    return random.choice(VERBS)


def adv():
    return random.choice(ADVERBS)


def any_word():
    return random.choice([n, ns, n, adj, v, adv, lambda: past(v()), lambda: going(v()), lambda: random.choice(WORDS["function"])])()


PREPOSITIONS = "in on at for with from to about after before behind near under over through without".split()
PRONOUNS = "I you he she it we they".split()
DETERMINERS = "the the the a my your his her our their this that some any every no".split()
MODALS = "can could will would should may might must".split()


NAMES = {"share": 0.0}
"""How often a name stands where a phrase may, and what draws one: see named."""


def named(share, draw):
    """A sentence in which draw("phrase") and draw("place") stand for some of its parts."""
    NAMES.update(share=share, draw=draw)
    text = random.choice([sentence, sentence, question, command])()
    NAMES.update(share=0.0)
    return text


def phrase():
    if random.random() < NAMES["share"]:
        return NAMES["draw"]("phrase")
    return random.choice([
        lambda: "%s %s" % (random.choice(DETERMINERS), n()),
        lambda: "%s %s %s" % (random.choice(DETERMINERS), adj(), n()),
        lambda: "%s %s %s" % (random.choice(DETERMINERS), n(), n()),
        lambda: "%s and %s" % (ns(), ns()),
        lambda: "%s %s" % (adj(), ns()),
        lambda: "the %s of %s %s" % (n(), random.choice(DETERMINERS), n()),
        lambda: "%d %s" % (random.randint(2, 99), ns()),
        ns,
    ])()


def formal():
    """A clause as laws and contracts have them."""
    who = random.choice(["everyone", "no one", "all", "each party", "the parties", "any person", "nobody", "men and women", "the " + n()])
    return random.choice([
        lambda: "%s has the right to %s and %s" % (who, n(), n()), lambda: "%s shall be %s without %s" % (who, past(v()), phrase()),
        lambda: "%s is entitled to %s, %s and %s" % (who, phrase(), n(), n()), lambda: "%s shall %s %s, including %s %s and %s" % (who, v(), n(), adj(), n(), ns()),
        lambda: "%s of %s %s is subject to %s" % (n(), adj(), n(), phrase()), lambda: "whereas %s of the %s %s and of the %s of all %s is the %s of %s" % (n(), adj(), n(), adj(), ns(), n(), n()),
        lambda: "in accordance with article %d, %s may %s %s" % (random.randint(1, 99), who, v(), phrase()),
        lambda: "article %d. %s shall %s the %s of %s" % (random.randint(1, 99), who, v(), n(), n()), lambda: "the %s of %s or %s, %s or %s" % (n(), n(), n(), adj(), adj()),
    ])()


def place_of():
    if random.random() < NAMES["share"]:
        return NAMES["draw"]("place")
    return "%s %s" % (random.choice(PREPOSITIONS), phrase())


def small():
    """A clause in small letters."""
    p = random.choice(PRONOUNS)
    return random.choice([
        lambda: "%s %s %s" % (phrase(), past(v()), phrase()),
        lambda: "%s %s %s %s" % (phrase(), past(v()), phrase(), place_of()),
        lambda: "%s %s %s %s" % (p, past(v()), phrase(), place_of()),
        lambda: "%s %s %s %s" % (p, random.choice(MODALS), v(), phrase()),
        lambda: "%s %s %s" % (phrase(), random.choice(["is", "was", "seems", "will be", "has been"]), adj()),
        lambda: "%s %s not %s %s" % (p, random.choice(MODALS), v(), place_of()),
        lambda: "%s %s %s, %s" % (phrase(), random.choice(WORDS["function"]), past(v()), random.choice(WORDS["function"])),
        lambda: "there %s %s %s" % (random.choice(["is", "was", "are", "were"]), phrase(), place_of()),
        lambda: "%s is %s %s and %s" % (random.choice(["it", "this", "that", "what he said"]), adv(), adj(), adj()),
        lambda: "%s to %s %s" % (random.choice(["I want", "she has", "we need", "they tried", "he forgot"]), v(), phrase()),
        lambda: "%s %s %s" % (going(v()), phrase(), random.choice(["is fun", "takes time", "was a mistake", "helps"])),
        lambda: "%s, which %s %s, %s %s" % (phrase(), past(v()), phrase(), past(v()), adv()),
        lambda: "%s %s, %s and %s" % (random.choice(["animals like", "things like", "including", "such as", "we sell"]), ns(), ns(), ns()),
        formal, formal,
        lambda: "%s, %s %s, %s" % (phrase(), adj(), phrase(), place_of()),
        lambda: "%s %s %s %s %s" % (any_word(), any_word(), any_word(), any_word(), any_word()),
        lambda: "%s %s %s" % (random.choice(["don't", "can't", "won't", "I don't", "you can't", "we didn't", "it doesn't", "he wouldn't", "they aren't"]), v(), phrase()),
        lambda: "%s %s %s" % (random.choice(["it's", "that's", "what's", "there's", "I'm", "you're", "they're", "let's", "who's", "here's", "I've", "we'll"]), adj(), phrase()),
        lambda: "if %s %s %s, %s %s %s" % (p, v(), phrase(), random.choice(MODALS), p, v()),
    ])()


def sentence():
    text = small()
    if random.random() < 0.25:
        text = "%s, %s %s" % (text, random.choice(["but", "and", "so", "because", "although", "while"]), small())
    if random.random() < 0.15:
        text = random.choice(["yes", "no", "well", "sometimes", "however", "in fact", "of course", "last week", "after that"]) + ", " + text
    return text[0].upper() + text[1:] + random.choice([".", ".", ".", ".", "!", "?", ""])


def question():
    return random.choice([
        lambda: "%s %s %s %s?" % (random.choice(["Can", "Could", "May", "Would", "Should", "Will", "Do", "Did"]), random.choice(["I", "you", "we", "they"]), v(), phrase()),
        lambda: "%s %s I %s %s?" % (random.choice(["How", "Where", "When", "Why"]), random.choice(["do", "can", "should", "did"]), v(), phrase()),
        lambda: "What is %s?" % phrase(),
        lambda: "Which %s %s %s?" % (n(), random.choice(["is", "was", "are"]), adj()),
        lambda: "Is there %s %s?" % (phrase(), place_of()),
        lambda: "May I request to have %s %s?" % (phrase(), past(v())),
        lambda: "Are there any %s for %s?" % (ns(), phrase()),
    ])()


def command():
    text = random.choice([
        lambda: "%s %s %s" % (v(), phrase(), place_of()),
        lambda: "please %s %s" % (v(), phrase()),
        lambda: "do not %s %s" % (v(), phrase()),
        lambda: "%s %s and %s it %s" % (v(), phrase(), v(), adv()),
    ])()
    return text[0].upper() + text[1:] + random.choice([".", "!", ""])


def title_case(text):
    return " ".join(w if w in ("the", "of", "and", "a", "in", "to", "for", "with") else w[:1].upper() + w[1:] for w in text.split(" "))


def heading():
    text = random.choice([
        lambda: "%s %s" % (adj(), n()), lambda: "%s %s" % (n(), n()), lambda: "the %s of a %s" % (ns(), n()),
        lambda: "the %s %s" % (adj(), n()), lambda: "%s and %s" % (n(), ns()), lambda: "%s %s %s" % (n(), n(), n()),
        lambda: "%s of the %s" % (n(), random.choice(["month", "year", "day", n()])), lambda: "how to %s %s" % (v(), phrase()),
        n, n, lambda: "%s, %s, %s & %s" % (n(), n(), n(), n()), lambda: "no %s for the %s" % (n(), n()),
    ])()
    draw = random.random()
    if draw < 0.75:
        text = title_case(text)
        return text[0].upper() + text[1:]
    return text.upper() if draw < 0.85 else text[0].upper() + text[1:]


def form_lines():
    keys = random.sample(WORDS["heading"], random.randint(2, 5))
    return "\n".join("%s: %s" % (k.capitalize(), random.choice([any_word(), str(random.randint(0, 9999)), "n/a", "yes", "-", phrase(), heading()])) for k in keys)


def medical_note():
    m = lambda: random.choice(MEDICAL)
    return random.choice([
        lambda: "Patient complains of %s and %s for %d days." % (m(), m(), random.randint(2, 30)),
        lambda: "%s and %s, no %s." % (m().capitalize(), m(), m()),
        lambda: "%s %s of the %s. %s noted." % (adj().capitalize(), m(), n(), m().capitalize()),
        lambda: "PMH: %s, %s, %s." % (m(), m(), m()),
        lambda: "Hx of %s, denies %s." % (m(), m()),
        lambda: "Started on %s %dmg daily for %s." % (m().capitalize(), random.choice([5, 10, 20, 75, 500]), m()),
        lambda: "Diagnosis: %s\nPlan: %s, %s in %d weeks" % (m().capitalize(), m().capitalize(), m(), random.randint(1, 12)),
        lambda: "BP %d/%d, HR %d, temp %d.%d, SpO2 %d%%." % (random.randint(90, 180), random.randint(50, 110), random.randint(50, 130), random.randint(36, 40), random.randint(0, 9), random.randint(85, 100)),
        lambda: "%s: Negative. %s: Positive. %s %d mmol/L" % (m().title(), m().title(), m().capitalize(), random.randint(1, 150)),
        lambda: "Iron deficiency %s with %s. Hb %d." % (m(), m(), random.randint(6, 16)),
    ])()


def chat():
    c = lambda: random.choice(WORDS["chat"])
    text = random.choice([
        lambda: "%s %s %s %s" % (c(), random.choice(PRONOUNS).lower(), v(), phrase()),
        lambda: "%s! %s" % (c(), small()), lambda: "%s... %s" % (small(), c()),
        lambda: "%s u %s %s" % (random.choice(["can", "did", "will", "r", "do"]), v(), adv()),
        lambda: "%s %s %s %s" % (c(), c(), any_word(), any_word()),
        lambda: "im %s at %s now, %s" % (going(v()), phrase(), c()),
        lambda: "%s, %s? %s" % (c(), small(), c()),
        lambda: "%s: %s" % (random.choice(["Agent", "User", "Customer", "Bot", "Client", "Caller", "Support", "Operator", "Me"]), sentence()),
        lambda: "Win a %s %s worth %d! Txt %s to %d now" % (adj(), n(), random.randint(10, 5000), n().upper(), random.randint(10000, 99999)),
        lambda: " ".join(random.choice([any_word, c, c])() for _ in range(random.randint(2, 12))),
        lambda: "%s. %s %s... %s" % (random.choice(["K", "U", "I", "Ok", "Y", "R", "Yup", "Hmm"]), c().capitalize(), small(), c()),
        lambda: "%s &lt;#&gt; %s %s &amp; %s" % (small(), any_word(), any_word(), any_word()),
        lambda: "%s %s %d %s %s" % (c().upper(), any_word().upper(), random.randint(1, 90000), any_word(), c()),
        lambda: "%s %d%s %s, %s" % (any_word().capitalize(), random.randint(1, 150), random.choice(["p", "p/min", "ppm", "mins", "pm", "am", " mths", "gbp"]), any_word(), small()),
        lambda: "%s %s %s" % (c().capitalize(), c().capitalize(), any_word().capitalize()),
        lambda: "Free %s %s! Call now, %s only" % (n(), n(), n()),
    ])()
    return text[0].upper() + text[1:] if random.random() < 0.5 else text


def ordinary():
    """A piece of text that holds nothing personal."""
    return random.choice([sentence] * 8 + [question, question, command, command, heading, heading, form_lines, medical_note, medical_note, chat, chat, chat,
                         lambda: '"%s," ' % sentence().rstrip(".!?") + random.choice(["he said", "she said", "they wrote", "it read"]) + ".",
                         lambda: "%s%d%s %s %s." % (random.choice(["More than ", "About ", "Over ", "", "At least "]), random.randint(2, 90), random.choice(["", "+", "%", "th", " million", " years of"]), ns(), place_of()),
                         lambda: 'The %s "%s" %s %s.' % (n(), heading(), past(v()), phrase()),
                         lambda: "%s %d" % (random.choice(["Article", "Section", "Chapter", "Table", "Figure", "Page", "Step", "Level", "Rule", "Room", "Error"]), random.randint(1, 99)),
                         lambda: "%s, %s-%s" % (small().capitalize(), any_word(), any_word()),
                         lambda: sentence() + " " + sentence()])()
