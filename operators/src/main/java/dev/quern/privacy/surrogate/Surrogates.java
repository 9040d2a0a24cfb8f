package dev.quern.privacy.surrogate;

import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.recognise.WrittenDigits;
import dev.quern.privacy.recognise.checksum.DateTexts;
import dev.quern.privacy.transform.Replacement;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Surrogates by type. What a value becomes follows from key, type and value alone: the same person
 * has the same surrogate in every field, file and run under one key. Different values may share a
 * surrogate: names come from finite pools.
 */
public final class Surrogates implements Replacement {
  /** Days around a date within which its surrogate lies. */
  private static final int DAYS = 365;

  /** Nobody is born later: surrogates of resident identity numbers stay real ones. */
  private static final LocalDate LAST_BIRTH = LocalDate.of(2026, 1, 1);

  /** Types of fields that no recogniser of its own finds in texts. */
  private static final List<String> MORE =
      List.of(
          "ADDRESS",
          "CN_ADDRESS",
          "DATE",
          "DATE_OF_BIRTH",
          "DATE_TIME",
          "DOMAIN",
          "GPE",
          "LOCATION",
          "ORGANIZATION",
          "PERSON",
          "STREET_ADDRESS");

  /** Values remembered, so that frequent ones are made once. */
  private static final int REMEMBERED = 4096;

  private final Optional<String> typeOfFields;
  private final KeyedDraws draws;
  private final PersonNames persons;
  private final Places places;
  private final NetAddresses addresses;
  private final Codes codes;
  private final Map<String, String> made =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Makes surrogates.
   *
   * @param hash HMAC-SHA-256 with the key
   * @param recognisers which confirm numbers and codes
   * @param typeOfFields the type of values of whole fields; absent: only their format is kept
   */
  public Surrogates(
      UnaryOperator<byte[]> hash, Recognisers recognisers, Optional<String> typeOfFields) {
    this.draws = new KeyedDraws(hash);
    this.persons = new PersonNames(draws);
    this.places = new Places(draws);
    this.addresses = new NetAddresses(draws, persons);
    this.codes = new Codes(draws, recognisers);
    this.typeOfFields = typeOfFields;
  }

  /**
   * Returns the types that values can be said to be: those of {@code recognisers} and some more.
   */
  public static List<String> types(Recognisers recognisers) {
    Set<String> all = new TreeSet<>(recognisers.types());
    all.addAll(MORE);
    return List.copyOf(all);
  }

  @Override
  public String of(String type, String value, Place place) {
    return of(type.equals(FIELD) ? typeOfFields.orElse(FIELD) : type, value);
  }

  /** Returns the surrogate of {@code value} of {@code type}. */
  public String of(String type, String value) {
    if (value.isBlank()) {
      return value;
    }
    String key = type + '\0' + value;
    String known = made.get(key);
    if (known == null) {
      known = make(type, WrittenDigits.folded(value));
      made.put(key, known);
    }
    return known;
  }

  private String make(String type, String value) {
    return switch (type) {
      case "PERSON" -> persons.of(value);
      case "EMAIL" -> addresses.mail(value);
      case "URL", "DOMAIN" -> addresses.page(value);
      case "IP_ADDRESS" -> addresses.ip(value);
      case "GPE", "LOCATION" -> places.city(value);
      case "ORGANIZATION" -> places.organization(value);
      case "TITLE" -> places.title(value);
      case "NRP" -> places.nation(value);
      case "CN_ADDRESS", "STREET_ADDRESS", "ADDRESS" -> places.address(value);
      case "DATE_TIME", "DATE_OF_BIRTH", "DATE" -> date(type, value);
      case "CN_ID_CARD" -> residentId(type, value);
      case "CN_MOBILE", "CN_LANDLINE", "PHONE" -> codes.of(type, "PHONE", value);
      default -> codes.of(type, type, value);
    };
  }

  private String residentId(String type, String value) {
    String code = ResidentIds.code(value);
    return ResidentIds.fits(code)
        ? Codes.laidOut(value, ResidentIds.of(code, draws, LAST_BIRTH))
        : codes.of(type, type, value);
  }

  private String date(String type, String value) {
    Optional<DateTexts.Dated> read = DateTexts.read(value);
    if (read.isEmpty()) {
      return codes.of(type, "DATE", value);
    }
    LocalDate date = read.get().date();
    draws.of("DATE", date.toString());
    int days = 1 + draws.below(DAYS);
    return read.get().written(date.plusDays(draws.below(2) == 0 ? days : -days));
  }
}
