package dev.quern.quality.encoding;

import java.util.HashMap;
import java.util.Map;

/**
 * Character references of HTML: the names of HTML 4.01, {@code apos}, and numbers, decimal or
 * hexadecimal; 128–159 stand for characters of Windows-1252, as browsers read them. A reference
 * without semicolon stays.
 */
public final class Entities {
  private static final int LONGEST = 10;

  /** Names of U+00A0 to U+00FF. */
  private static final String LATIN =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute"
          + " Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave"
          + " eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml"
          + " divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  /** Further names, each with its character. */
  private static final String OTHERS =
      "quot\"amp&lt<gt>apos'OElig\u0152oelig\u0153Scaron\u0160scaron\u0161Yuml\u0178fnof\u0192"
          + "circ\u02c6tilde\u02dcensp\u2002emsp\u2003thinsp\u2009zwnj\u200czwj\u200dlrm\u200erlm\u200f"
          + "ndash\u2013mdash\u2014lsquo\u2018rsquo\u2019sbquo\u201aldquo\u201crdquo\u201dbdquo\u201e"
          + "dagger\u2020Dagger\u2021bull\u2022hellip\u2026permil\u2030prime\u2032Prime\u2033lsaquo\u2039"
          + "rsaquo\u203aoline\u203efrasl\u2044euro\u20acimage\u2111weierp\u2118real\u211ctrade\u2122"
          + "alefsym\u2135larr\u2190uarr\u2191rarr\u2192darr\u2193harr\u2194crarr\u21b5lArr\u21d0"
          + "uArr\u21d1rArr\u21d2dArr\u21d3hArr\u21d4forall\u2200part\u2202exist\u2203empty\u2205"
          + "nabla\u2207isin\u2208notin\u2209ni\u220bprod\u220fsum\u2211minus\u2212lowast\u2217"
          + "radic\u221aprop\u221dinfin\u221eang\u2220and\u2227or\u2228cap\u2229cup\u222aint\u222b"
          + "sim\u223ccong\u2245asymp\u2248ne\u2260equiv\u2261le\u2264ge\u2265sub\u2282sup\u2283"
          + "nsub\u2284sube\u2286supe\u2287oplus\u2295otimes\u2297perp\u22a5sdot\u22c5lceil\u2308"
          + "rceil\u2309lfloor\u230arfloor\u230bloz\u25caspades\u2660clubs\u2663hearts\u2665diams\u2666"
          + "Alpha\u0391Beta\u0392Gamma\u0393Delta\u0394Epsilon\u0395Zeta\u0396Eta\u0397Theta\u0398"
          + "Iota\u0399Kappa\u039aLambda\u039bMu\u039cNu\u039dXi\u039eOmicron\u039fPi\u03a0Rho\u03a1"
          + "Sigma\u03a3Tau\u03a4Upsilon\u03a5Phi\u03a6Chi\u03a7Psi\u03a8Omega\u03a9alpha\u03b1"
          + "beta\u03b2gamma\u03b3delta\u03b4epsilon\u03b5zeta\u03b6eta\u03b7theta\u03b8iota\u03b9"
          + "kappa\u03balambda\u03bbmu\u03bcnu\u03bdxi\u03beomicron\u03bfpi\u03c0rho\u03c1sigmaf\u03c2"
          + "sigma\u03c3tau\u03c4upsilon\u03c5phi\u03c6chi\u03c7psi\u03c8omega\u03c9thetasym\u03d1"
          + "upsih\u03d2piv\u03d6";

  private static final String WINDOWS_1252 =
      "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d"
          + "\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153"
          + "\u009d\u017e\u0178";

  private static final Map<String, Integer> NAMES = names();

  private Entities() {}

  private static Map<String, Integer> names() {
    Map<String, Integer> names = new HashMap<>();
    int point = 0xa0;
    for (String name : LATIN.split(" ")) {
      names.put(name, point++);
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < OTHERS.length(); i++) {
      char c = OTHERS.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
        name.append(c);
      } else {
        names.put(name.toString(), (int) c);
        name.setLength(0);
      }
    }
    return names;
  }

  /** Returns {@code text} with its references replaced once, itself where it has none. */
  public static String decode(String text) {
    int at = text.indexOf('&');
    if (at < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    while (at >= 0) {
      int end = text.indexOf(';', at);
      int point = end > at + 1 && end - at <= LONGEST ? point(text.substring(at + 1, end)) : -1;
      if (point >= 0) {
        out.append(text, from, at).appendCodePoint(point);
        from = end + 1;
      }
      at = text.indexOf('&', point >= 0 ? from : at + 1);
    }
    return from == 0 ? text : out.append(text, from, text.length()).toString();
  }

  private static int point(String reference) {
    if (reference.charAt(0) != '#') {
      return NAMES.getOrDefault(reference, -1);
    }
    boolean hex = reference.length() > 1 && (reference.charAt(1) | 0x20) == 'x';
    int radix = hex ? 16 : 10;
    int point = 0;
    int from = hex ? 2 : 1;
    for (int i = from; i < reference.length(); i++) {
      int digit = Character.digit(reference.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      point = point * radix + digit;
    }
    boolean valid = reference.length() > from && point > 0 && point <= 0x10ffff;
    if (!valid || point >= 0xd800 && point <= 0xdfff) {
      return -1;
    }
    return point >= 0x80 && point <= 0x9f ? WINDOWS_1252.charAt(point - 0x80) : point;
  }
}
