"""Addresses in pieces: each piece is marked with its type, \\x01TYPE\\x02text\\x03."""

import random

import sentences
from values import ADDRESS_LOCALES, CAPITALS, CODES, FAKERS, FIRST, LAST, SMALL, STATES, city, country

ROADS = """St St. Street Ave Ave. Avenue Rd Rd. Road Lane Ln Drive Dr Court Ct Mall Plaza Blvd Boulevard Way Close Crescent Terrace Place Square
Sq Gardens Grove Hill Park Row Parade Highway Pass Loop Gateway Courts Bypass Trail Mews Walk Quay Circle Parkway Pike""".split()
ABROAD = ["Rua %s", "Rua do %s", "Rue de %s", "Rue %s", "Avenue de %s", "Via %s", "Via del %s", "Calle %s", "Avenida %s", "Strada %s", "%sstraße",
          "%sstrasse", "%s Strasse", "%sweg", "%sgatan", "%svägen", "%sveien", "%svej", "%sgade", "%sstraat", "%slaan", "%skatu", "%stie", "%s utca",
          "%s út", "%s tér", "%s u.", "ul. %s", "%s ulica", "%sova", "%s tee", "%s põik", "%s mnt", "%s Str.", "%sgata", "%splatz", "%sallee", "ul. %sa"]
FAR = ["%s Caddesi", "%s Sokak", "Jalan %s", "Jl. %s", "place du %s", "place de la %s", "rue des %s", "rue du %s", "chemin de %s", "Boulevard %s", "Bulevar %s", "bul. %s", "prospekt %s",
       "ulitsa %s", "Piazza %s", "Corso %s", "Viale %s", "Plaza de %s", "Paseo de %s", "Calle Los %s", "Carrera %s", "Av. %s", "Av. de la %s", "Rua das %s", "Praça %s", "Travessa %s", "%s Marg",
       "%s Nagar", "%s Layout", "%s Mawatha", "%s Estate", "%s-dori", "%s-ro", "%s-gil", "%s Lu", "%s Road East", "%s Street West", "%s kraštas", "%s bulvāris", "Strada %s", "Calea %s", "Bd. %s", "Heol %s"]
HOUSES = "Lodge Cottage House Farm Barn Court Manor Towers Apartments Mansions Villas Heights Residences Building".split()
ENDS = "Summit Points Forks Dam Prairie Bypass Harbor Mills Greens Union Extensions Mission Village Junction Meadows Ridge".split()


def mark(kind, text):
    return "\x01%s\x02%s\x03" % (kind, text)


def name():
    pick = random.random()
    if pick < 0.5:
        return random.choice(LAST[random.choice(ADDRESS_LOCALES)] or LAST["en_US"])
    if pick < 0.65:
        return random.choice(SMALL).split(" ")[0]
    return sentences.title_case(random.choice([sentences.n, lambda: sentences.adj() + " " + sentences.n()])())


def number():
    return str(random.choice([random.randint(1, 99), random.randint(1, 300), random.randint(100, 99999)])) + (random.choice("abcABC") if random.random() < 0.05 else "")


def road():
    """A street without a number."""
    pick = random.random()
    if pick < 0.25:
        return FAKERS[random.choice(ADDRESS_LOCALES)].street_name()
    if pick < 0.55:
        return random.choice(ABROAD if random.random() < 0.7 else FAR) % name()
    if pick < 0.62:
        return name()
    if pick < 0.66:
        side = random.choice(["", "", "W. ", "E. ", "N. ", "W ", "East ", "South "])
        return "%s%d%s %s" % (side, random.randint(1, 199), random.choice(["st", "nd", "rd", "th"]), random.choice(["Street", "Avenue", "St", "Ave", "St.", "Ave."]))
    return random.choice(["", "", "", "", "", "North ", "W ", "W. ", "E. ", "S. ", "N ", "Old ", "Upper ", "Saint ", "La ", "Santa "]) + name() + " " + random.choice(ROADS)


def rare_street():
    """Houses with names, numbers of other forms."""
    few = lambda: random.randint(1, 40)
    return random.choice([
        lambda: "No. %d %s" % (few(), road()), lambda: "%s No: %d" % (road(), few()), lambda: "%s No. %d" % (road(), few()), lambda: "%s, %d" % (road(), few()),
        lambda: "%s %d/%d" % (road(), few(), few()), lambda: "%d/%d %s" % (few(), few(), road()), lambda: "%d-%d %s" % (few(), few() + 40, road()), lambda: "%s %d-%d" % (road(), few(), few() + 40),
        lambda: "%d-%d-%d %s" % (few(), few(), few(), name()), lambda: "%s %d %s %d" % (road(), few(), random.choice(CAPITALS), few()), lambda: "%s %d %s" % (road(), few(), random.choice("ABCDabcd")),
        lambda: "%s-%d %s %s" % (random.choice(CAPITALS), few(), name(), random.choice(HOUSES)), lambda: "%d %s %s" % (few(), name(), random.choice(HOUSES)), lambda: "The %s %s, %s" % (name(), random.choice(HOUSES), road()),
        lambda: "%s %d, %s" % (random.choice(["Flat", "Unit", "Block", "Villa", "Plot"]), few(), name() + " " + random.choice(HOUSES)), lambda: "The Old %s, %d %s" % (sentences.title_case(sentences.n()), few(), road()),
    ])()


def street():
    """A street with its number before or behind."""
    pick = random.random()
    if pick < 0.09:
        return rare_street()
    if pick < 0.45:
        return number() + " " + road()
    if pick < 0.9:
        return road() + random.choice([" ", " ", " ", ", "] if pick < 0.5 else [" "]) + number() + random.choice(["", "", "", "."])
    return FAKERS[random.choice(ADDRESS_LOCALES)].street_address().replace("\n", " ")


def unit():
    if random.random() < 0.12:
        few = random.randint(1, 30)
        return random.choice(["%dº %s" % (few, random.choice("ABCD")), "%dº Esq." % few, "%dº Dto." % few, "%d. tv" % few, "%d. th." % few, "%d. sal" % few, "Dpto. %d" % few, "Depto %d" % few, "Int. %d" % few, "Block %s" % random.choice(CAPITALS),
                              "Ste %d" % few, "Ste. %d" % few, "#%02d-%02d" % (few, few + 3), "Apt %d%s" % (few, random.choice(CAPITALS)), "Unit %d%s" % (few, random.choice(CAPITALS)), "%drd Floor" % few, "%dth Floor" % few, "District %d" % few,
                              "byt %d" % few, "m. %d" % few, "kv. %d" % few, "bus %d" % few, "Whg. %d" % few, "Top %d" % few, "bâtiment %s" % random.choice(CAPITALS), "Tower %d" % few, "Wing %s" % random.choice(CAPITALS)])
    return random.choice(["Apt. %d", "Suite %d", "Apt. %03d", "Suite %03d", "Unit %d", "Apartment %d", "Flat %d", "Apt %d", "#%d", "Floor %d", "Room %d", "Apt %d" + random.choice(CAPITALS)]) % random.randint(1, 999)


def postcode():
    return FAKERS[random.choice(ADDRESS_LOCALES)].postcode() if random.random() < 0.6 else "%05d" % random.randint(1, 99999)


def state():
    return random.choice(CODES + ["nan", "WA", "CO", "GU", "VIC", "NSW"])


def box():
    return random.choice([
        lambda: "PSC %04d, Box %04d\nAPO %s %05d" % (random.randint(1, 9999), random.randint(1, 9999), random.choice(["AA", "AE", "AP"]), random.randint(1, 99999)),
        lambda: "%s %s\nFPO %s %05d" % (random.choice(["USS", "USNS", "USNV", "USCGC"]), random.choice(LAST["en_US"]), random.choice(["AA", "AE", "AP"]), random.randint(1, 99999)),
        lambda: "Unit %04d Box %04d\nDPO %s %05d" % (random.randint(1, 9999), random.randint(1, 9999), random.choice(["AA", "AE", "AP"]), random.randint(1, 99999)),
        lambda: "%s %d" % (random.choice(["PO Box", "P.O. Box", "Postbox", "P O Box"]), random.randint(1, 9999)),
    ])()


def S():
    """The street of an address, sometimes with a house number more, an area or an apartment."""
    parts = mark("S", street())
    if random.random() < 0.45:
        parts = mark("S", number()) + " " + parts
    if random.random() < 0.12:
        parts += " " + mark("S", name() + " " + random.choice(ENDS))
    return parts


def U():
    return mark("S", unit())


def C():
    return mark("G", city())


def N():
    return mark("G", country())


def ST():
    return mark("G", state() if random.random() < 0.85 else random.choice(STATES))


def Z():
    return mark("Z", postcode())


def ZS():
    """A postcode behind a country belongs to the street's type."""
    return mark("S", postcode())


def whole():
    return random.choice([
        lambda: mark("S", street()), lambda: mark("S", street()), lambda: mark("S", road()), lambda: mark("S", street()),
        lambda: "%s\n%s\n, %s\n %s %s" % (S(), C(), ST(), N(), ZS()),
        lambda: "%s %s\n%s\n, %s\n %s" % (S(), U(), C(), ST(), Z()),
        lambda: "%s\n %s\n %s\n %s %s" % (S(), U(), C(), N(), ZS()),
        lambda: "%s\n %s\n %s\n %s" % (S(), U(), C(), N()),
        lambda: "%s %s\n%s, %s %s" % (S(), U(), C(), ST(), Z()),
        lambda: "%s %s %s %s" % (S(), U(), C(), random.choice([N, ST, C])()),
        lambda: "%s, %s, %s" % (S(), C(), N()),
        lambda: "%s %s, %s, %s %s" % (S(), U(), C(), N(), ZS()),
        lambda: "%s %s %s, %s, %s %s" % (S(), U(), U(), C(), N(), ZS()),
        lambda: "%s\n%s, %s %s" % (S(), C(), ST(), Z()),
        lambda: "%s, %s, %s %s" % (S(), C(), ST(), Z()),
        lambda: "%s, %s %s" % (S(), C(), Z()),
        lambda: "%s, %s, %s" % (S(), C(), Z()),
        lambda: "%s, %s %s" % (S(), Z(), C()),
        lambda: "%s\n%s %s\n%s" % (S(), Z(), C(), N()),
        lambda: "%s\n%s\n%s\n%s" % (S(), C(), Z(), N()),
        lambda: "%s, %s, %s, %s, %s" % (U(), S(), C(), Z(), N()),
        lambda: "%s, %s" % (U(), mark("S", street())),
        lambda: "%s, %s %s, %s" % (S(), Z(), C(), N()),
        lambda: mark("S", "the corner of %s and %s" % (street(), random.choice([road, street])())),
        lambda: mark("S", "%s and %s" % (random.choice(FIRST["en_US"] + LAST["en_US"]), street())),
        lambda: mark("S", box()), lambda: mark("S", box()),
        lambda: "%s\n %s\n %s\n %s %s" % (mark("S", "%s P.O. Box %d" % (number(), random.randint(1, 999))), U(), C(), N(), ZS()),
    ])()


def two():
    """A street and a town."""
    return "%s, %s" % (S(), C())


def block():
    """Lines below a name."""
    return random.choice([
        lambda: "%s\n%s %s" % (S(), Z(), C()),
        lambda: "%s\n%s, %s %s" % (S(), C(), ST(), Z()),
        lambda: "%s\n%s\n%s" % (S(), C(), Z()),
        lambda: "%s\n%s\n%s\n%s" % (S(), C(), Z(), N()),
        lambda: "%s\n%s\n%s, %s %s" % (S(), U(), C(), ST(), Z()),
        lambda: "%s\n %s\n %s\n %s %s" % (S(), U(), C(), N(), ZS()),
        lambda: "%s %s\n%s %s %s" % (S(), U(), C(), ST(), Z()),
        lambda: "%s %s\n   %s\n    %s\n    %s" % (S(), U(), C(), ST(), Z()),
        lambda: "%s %s\n%s %s %s" % (U(), S(), C(), ST(), Z()),
        lambda: "%s\n%s" % (S(), C()),
        lambda: "%s\n%s %s\n%s" % (S(), Z(), C(), N()),
        lambda: "%s, %s, %s %s" % (S(), C(), ST(), Z()),
    ])()


def piece():
    """A street as envelopes have it: a house number more in half of them."""
    return [mark("S", number()), mark("S", street())] if random.random() < 0.5 else [mark("S", street())]


def card(person, title, firm, job, phone, mail):
    """A visiting card, signature or envelope: who, where, how to reach, in lines or between signs."""
    who = [random.choice([person, person, person, lambda: title() + " " + person()])()]
    who += [job()] if random.random() < 0.2 else []
    who += [firm()] if random.random() < 0.4 else []
    random.random() < 0.12 and random.shuffle(who)
    who += [person()] if random.random() < 0.06 else []
    house = [" ".join(piece())]
    if random.random() < 0.55:
        unit_of = U()
        house = random.choice([[house[0], unit_of], [unit_of, house[0]], [house[0] + random.choice([" ", ", "]) + unit_of], [unit_of + " " + house[0]]])
    town = random.choice([
        lambda: ["%s, %s %s" % (C(), ST(), Z())], lambda: ["%s %s %s" % (C(), ST(), Z())], lambda: ["%s %s" % (Z(), C())], lambda: [C(), Z()], lambda: [C()],
        lambda: ["%s %s" % (C(), Z())], lambda: [C(), ST(), Z()], lambda: ["%s, %s" % (C(), ST())]])()
    land = random.choice([lambda: [], lambda: [], lambda: [N()], lambda: ["%s %s" % (N(), ZS())] if "\x01Z" not in "".join(town) else [N()]])()
    reach = random.sample([phone(), mail(), random.choice(["Tel: ", "Phone: ", "T ", "Mobile: ", "Fax: "]) + phone(), phone() + random.choice([" office", " mobile", " (home)"])], random.choice([0, 0, 1, 2]))
    parts = who + house + town + land + reach
    sign = random.choice(["\n", "\n", "\n", "\n", "\n", "\n ", "\n\n", "\n> ", "\n>", "\n    ", " | ", ", ", " ", "; ", " / ", "\n- ", "\n* ", ",\n"])
    text = sign.join(parts)
    if random.random() < 0.15:
        text = who[0] + "\n\n" + sign.join(parts[1:])
    return (sign.strip(" ") + text if sign[0] == "\n" and sign.strip() and random.random() < 0.8 else text).strip("\n")
