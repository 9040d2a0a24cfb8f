package dev.quern.quality.address;

import dev.quern.quality.cell.Characters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads addresses of the United States: house number, street, unit, city, state, ZIP code. Streets
 * end in the abbreviations of USPS Publication 28 (Street, Str. and St become St); a text in
 * capitals or small letters alone gets capitals at the beginning of words.
 */
public final class AmericanAddress {
  private static final Map<String, String> STATES =
      names(
          "AL=alabama AK=alaska AZ=arizona AR=arkansas CA=california CO=colorado CT=connecticut"
              + " DE=delaware FL=florida GA=georgia HI=hawaii ID=idaho IL=illinois IN=indiana IA=iowa"
              + " KS=kansas KY=kentucky LA=louisiana ME=maine MD=maryland MA=massachusetts MI=michigan"
              + " MN=minnesota MS=mississippi MO=missouri MT=montana NE=nebraska NV=nevada"
              + " NH=new_hampshire NJ=new_jersey NM=new_mexico NY=new_york NC=north_carolina"
              + " ND=north_dakota OH=ohio OK=oklahoma OR=oregon PA=pennsylvania RI=rhode_island"
              + " SC=south_carolina SD=south_dakota TN=tennessee TX=texas UT=utah VT=vermont"
              + " VA=virginia WA=washington WV=west_virginia WI=wisconsin WY=wyoming"
              + " DC=district_of_columbia PR=puerto_rico");
  private static final Map<String, String> STREETS =
      names(
          "St=street,str Ave=avenue,av,aven Blvd=boulevard,boul Dr=drive,drv Ln=lane Rd=road"
              + " Ct=court Pl=place Sq=square Ter=terrace,terr Pkwy=parkway,pky Hwy=highway,hiway"
              + " Cir=circle,circ Way=wy Trl=trail Aly=alley Plz=plaza Expy=expressway");
  private static final Map<String, String> DIRECTIONS =
      names("N=north S=south E=east W=west NE=northeast NW=northwest SE=southeast SW=southwest");
  private static final Map<String, String> UNITS =
      names("Apt=apartment,appt Ste=suite Unit= Fl=floor Rm=room Bldg=building #=");

  /** Returns the parts of {@code characters}, empty if no state or ZIP code is named. */
  public Optional<Address> read(Characters characters) {
    List<List<String>> lines = lines(characters);
    String zip = takeZip(lines);
    String state = takeState(lines, !zip.isEmpty());
    if (lines.isEmpty() || state.isEmpty()) {
      return Optional.empty();
    }
    List<String> street = lines.get(0);
    if (street.isEmpty() || !Characters.isDigit(street.get(0).charAt(0))) {
      return Optional.empty();
    }
    List<String> unit = new ArrayList<>();
    List<String> city = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      (isUnit(line) ? unit : city).addAll(line);
    }
    if (city.isEmpty()) {
      city = behindStreet(street);
    }
    int unitAt = unitStart(street);
    List<String> behind = street.subList(unitAt, street.size());
    unit.addAll(0, behind);
    behind = street.subList(0, unitAt);
    String number = behind.get(0);
    String name = street(behind.subList(1, behind.size()));
    String town = words(city);
    if (name.isEmpty() || town.isEmpty()) {
      return Optional.empty();
    }
    String rooms = unit(unit);
    String written =
        number + " " + name + (rooms.isEmpty() ? "" : " " + rooms) + ", " + town + ", " + state;
    written += zip.isEmpty() ? "" : " " + zip;
    return Optional.of(new Address(state, town, "", name, number, rooms, zip, written));
  }

  /** Words by lines: what commas and line ends part. */
  private static List<List<String>> lines(Characters characters) {
    String all = characters.text(0, characters.size());
    boolean oneCase =
        all.equals(all.toUpperCase(Locale.ROOT)) || all.equals(all.toLowerCase(Locale.ROOT));
    List<List<String>> lines = new ArrayList<>();
    for (String line : parts(all, ',')) {
      List<String> words = new ArrayList<>();
      for (String word : parts(line, ' ')) {
        String bare = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
        if (!bare.isEmpty()) {
          words.add(oneCase ? capitalized(bare) : bare);
        }
      }
      if (!words.isEmpty()) {
        lines.add(words);
      }
    }
    return lines;
  }

  private static List<String> parts(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == separator) {
        parts.add(text.substring(from, at));
        from = at + 1;
      }
    }
    return parts;
  }

  private static String capitalized(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
  }

  private static String takeZip(List<List<String>> lines) {
    if (!lines.isEmpty()) {
      List<String> last = lines.get(lines.size() - 1);
      if (last.size() == 1 && isUsa(last.get(0))) {
        lines.remove(lines.size() - 1);
        return takeZip(lines);
      }
      String word = last.get(last.size() - 1);
      if (isZip(word)) {
        removeLast(lines, 1);
        return word;
      }
    }
    return "";
  }

  private static boolean isUsa(String word) {
    return word.equalsIgnoreCase("USA") || word.equalsIgnoreCase("US");
  }

  private static boolean isZip(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (i == 5 ? word.charAt(i) != '-' : !Characters.isDigit(word.charAt(i))) {
        return false;
      }
    }
    return word.length() == 5 || word.length() == 10;
  }

  private static String takeState(List<List<String>> lines, boolean zip) {
    if (lines.isEmpty()) {
      return "";
    }
    List<String> last = lines.get(lines.size() - 1);
    for (int words = Math.min(3, last.size()); words > 0; words--) {
      List<String> name = last.subList(last.size() - words, last.size());
      String found = STATES.get(String.join(" ", name).toLowerCase(Locale.ROOT));
      // A city may be called like a state: without a ZIP code the state stands alone or in
      // capitals.
      if (found != null
          && (zip || last.size() == words || words == 1 && name.get(0).length() == 2)) {
        removeLast(lines, words);
        return found;
      }
    }
    return "";
  }

  private static void removeLast(List<List<String>> lines, int words) {
    List<String> last = lines.get(lines.size() - 1);
    last.subList(last.size() - words, last.size()).clear();
    if (last.isEmpty()) {
      lines.remove(lines.size() - 1);
    }
  }

  /** The words behind the street's suffix are the city where no comma parts them. */
  private static List<String> behindStreet(List<String> street) {
    for (int i = street.size() - 2; i > 1; i--) {
      if (STREETS.containsKey(street.get(i).toLowerCase(Locale.ROOT))) {
        int from = i + 1;
        if (DIRECTIONS.containsKey(street.get(from).toLowerCase(Locale.ROOT))
            && from + 1 < street.size()) {
          from++;
        }
        if (isUnit(street.subList(from, street.size()))) {
          from =
              Math.min(
                  street.size(),
                  from
                      + (street.get(from).length() > 1 && street.get(from).startsWith("#")
                          ? 1
                          : 2));
        }
        List<String> city = new ArrayList<>(street.subList(from, street.size()));
        street.subList(from, street.size()).clear();
        return city;
      }
    }
    return List.of();
  }

  private static boolean isUnit(List<String> words) {
    return !words.isEmpty()
        && (words.get(0).startsWith("#")
            || UNITS.containsKey(words.get(0).toLowerCase(Locale.ROOT)));
  }

  private static int unitStart(List<String> street) {
    for (int i = 2; i < street.size(); i++) {
      if (isUnit(street.subList(i, street.size()))) {
        return i;
      }
    }
    return street.size();
  }

  private static String street(List<String> words) {
    List<String> all = new ArrayList<>(words);
    int last = all.size() - 1;
    if (last >= 1) {
      last = replace(all, last, DIRECTIONS) ? last - 1 : last;
    }
    if (last >= 1) {
      replace(all, last, STREETS);
    }
    if (last >= 1) {
      replace(all, 0, DIRECTIONS);
    }
    return words(all);
  }

  private static boolean replace(List<String> words, int at, Map<String, String> names) {
    String found = names.get(words.get(at).toLowerCase(Locale.ROOT));
    if (found != null) {
      words.set(at, found);
    }
    return found != null;
  }

  private static String unit(List<String> words) {
    List<String> all = new ArrayList<>(words);
    for (int i = 0; i < all.size(); i++) {
      if (i + 1 < all.size()) {
        replace(all, i, UNITS);
      } else if (i > 0) {
        all.set(i, all.get(i).toUpperCase(Locale.ROOT));
      }
    }
    return words(all);
  }

  private static String words(List<String> words) {
    return String.join(" ", words);
  }

  /** Reads {@code Short=long,longer …}; a space within a name is written as an underscore. */
  private static Map<String, String> names(String written) {
    Map<String, String> names = new HashMap<>();
    for (String entry : written.split(" ")) {
      int equals = entry.indexOf('=');
      String name = entry.substring(0, equals);
      names.put(name.toLowerCase(Locale.ROOT), name);
      Arrays.stream(entry.substring(equals + 1).split(","))
          .filter(alias -> !alias.isEmpty())
          .forEach(alias -> names.put(alias.replace('_', ' '), name));
    }
    return names;
  }
}
