package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Gives each token the label that is best in the best sequence of labels: a linear model over
 * {@link Features} and pairs of labels (a structured averaged perceptron, Collins 2002), searched
 * by Viterbi's algorithm. Labels say where a name begins (2 × type + 1) and goes on (2 × type + 2);
 * 0 is none. The weights are shared, an instance serves one thread.
 */
final class Tagger {
  /** Types in the order of their labels. */
  static final String[] TYPES = {
    "PERSON", "STREET_ADDRESS", "GPE", "ORGANIZATION", "TITLE", "AGE", "NRP", "DATE_TIME", "ZIP"
  };

  /** Labels there are. */
  static final int LABELS = 2 * TYPES.length + 1;

  /** Buckets of weights, as a power of 2. */
  static final int BITS = 18;

  /** Bytes of a bucket: labels, and what fills three longs. */
  private static final int ROW = 24;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVERY_OTHER = 0x00FF00FF00FF00FFL;
  private static final String RESOURCE = "tagger.bin.gz";

  /**
   * What was learnt.
   *
   * @param features by bucket {@link #ROW} bytes, a weight a label, 128 more than it is
   * @param pairs by label before and label
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Weights(byte[] features, int[] pairs) {
    static Weights shipped() {
      try (InputStream in = Tagger.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException("the jar must hold " + RESOURCE);
        }
        DataInputStream data = new DataInputStream(new GZIPInputStream(in));
        int[] pairs = new int[LABELS * LABELS];
        for (int i = 0; i < pairs.length; i++) {
          pairs[i] = data.readInt();
        }
        byte[] packed = data.readNBytes(LABELS << BITS);
        byte[] features = new byte[ROW << BITS];
        for (int i = 0; i < packed.length; i++) {
          features[i / LABELS * ROW + i % LABELS] = (byte) (packed[i] + 128);
        }
        return new Weights(features, pairs);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final int NEVER = Integer.MIN_VALUE / 2;
  private static final int[] NONE = {};
  private static final int[] BEGINNING = {0};
  private static final int[] ANY = IntStream.range(0, LABELS).toArray();
  private static final int[][] WITHIN =
      IntStream.range(0, LABELS)
          .mapToObj(label -> new int[] {label - 1, label})
          .toArray(int[][]::new);

  private final Weights weights;
  private final Features features;
  private final Tokens tokens = new Tokens();
  private int[] scores = new int[64 * LABELS];
  private byte[] back = new byte[64 * LABELS];
  private int[] labels = new int[64];

  Tagger(Weights weights, Lexicon lexicon) {
    this.weights = weights;
    this.features = new Features(lexicon);
  }

  Tokens tokens() {
    return tokens;
  }

  /** What the tokens of the text tagged last look like. */
  Features features() {
    return features;
  }

  /**
   * Returns the labels of the tokens of {@code passage}, none where it is of another language;
   * valid until the next call.
   */
  int[] tag(Passage passage) {
    tokens.of(passage);
    int size = tokens.size;
    if (labels.length < size) {
      labels = new int[2 * size];
      scores = new int[2 * size * LABELS];
      back = new byte[2 * size * LABELS];
    }
    features.look(passage, tokens);
    if (Language.isOther(passage.chars(), tokens, features)) {
      Arrays.fill(labels, 0, size, 0);
      return labels;
    }
    features.combine(tokens, BITS);
    for (int i = 0; i < size; i++) {
      score(i);
    }
    search(size);
    return labels;
  }

  /**
   * Adds the weights of a token's features, eight labels at a time: sums of bytes without sign need
   * 16 bits, so even and odd labels are added apart. All labels get the same 128 a feature more.
   */
  private void score(int token) {
    byte[] table = weights.features();
    long even0 = 0;
    long even1 = 0;
    long even2 = 0;
    long odd0 = 0;
    long odd1 = 0;
    long odd2 = 0;
    for (int f = token * Features.COUNT; f < (token + 1) * Features.COUNT; f++) {
      int from = features.buckets[f] * ROW;
      long first = (long) LONGS.get(table, from);
      long second = (long) LONGS.get(table, from + 8);
      long third = (long) LONGS.get(table, from + 16);
      even0 += first & EVERY_OTHER;
      odd0 += first >>> 8 & EVERY_OTHER;
      even1 += second & EVERY_OTHER;
      odd1 += second >>> 8 & EVERY_OTHER;
      even2 += third & EVERY_OTHER;
      odd2 += third >>> 8 & EVERY_OTHER;
    }
    int to = token * LABELS;
    for (int i = 0; i < 4; i++) {
      scores[to + 2 * i] = (int) (even0 >>> 16 * i) & 0xFFFF;
      scores[to + 2 * i + 1] = (int) (odd0 >>> 16 * i) & 0xFFFF;
      scores[to + 8 + 2 * i] = (int) (even1 >>> 16 * i) & 0xFFFF;
      scores[to + 9 + 2 * i] = (int) (odd1 >>> 16 * i) & 0xFFFF;
    }
    scores[to + 16] = (int) even2 & 0xFFFF;
    scores[to + 17] = (int) odd2 & 0xFFFF;
    scores[to + 18] = (int) (even2 >>> 16) & 0xFFFF;
  }

  private void search(int size) {
    int[] pairs = weights.pairs();
    for (int i = 0; i < size; i++) {
      int to = i * LABELS;
      for (int label = 0; label < LABELS; label++) {
        int best = NEVER;
        int[] befores = i == 0 ? BEGINNING : label > 0 && label % 2 == 0 ? WITHIN[label] : ANY;
        if (i == 0 && !follows(0, label)) {
          befores = NONE;
        }
        for (int before : befores) {
          int earlier = i == 0 ? 0 : scores[to - LABELS + before];
          int score = earlier + pairs[before * LABELS + label];
          if (score > best) {
            best = score;
            back[to + label] = (byte) before;
          }
        }
        scores[to + label] = best == NEVER ? NEVER : scores[to + label] + best;
      }
    }
    int label = 0;
    for (int i = size - 1; i >= 0; i--) {
      if (i == size - 1) {
        for (int other = 1; other < LABELS; other++) {
          label = scores[i * LABELS + other] > scores[i * LABELS + label] ? other : label;
        }
      }
      labels[i] = label;
      label = back[i * LABELS + label];
    }
  }

  /** What goes on must have begun. */
  static boolean follows(int before, int label) {
    return label == 0 || label % 2 == 1 || before == label || before == label - 1;
  }
}
