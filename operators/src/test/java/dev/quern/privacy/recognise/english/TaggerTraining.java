package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Learns the weights of {@link Tagger} from the text that {@code bench/privacy/generate.py} writes:
 * a structured perceptron whose weights are averaged over all steps. Words are forgotten at random,
 * so that names in no list are found too.
 *
 * <p>Arguments: the training text, the file of weights to write, rounds.
 */
public final class TaggerTraining {
  private static final double FORGET = 0.3;
  private static final double FORGET_OTHERS = 0.2;

  /** Share of the features of a token that are left out, so that none is relied on alone. */
  private static final double LEFT_OUT = 0.25;

  /** Smaller weights become 0: they tell of single names rather than of kinds of text. */
  private static final int LEAST = 8;

  private static final int LABELS = Tagger.LABELS;

  private final float[] weights = new float[LABELS << Tagger.BITS];
  private final float[] sums = new float[LABELS << Tagger.BITS];
  private final float[] pairs = new float[LABELS * LABELS];
  private final float[] pairSums = new float[LABELS * LABELS];
  private final Features features = new Features(new Lexicon());
  private final SplittableRandom random = new SplittableRandom(11);
  private float step = 1;

  private record Example(String text, int[] labels) {}

  private TaggerTraining() {}

  /** Runs the training. */
  public static void main(String[] arguments) throws IOException {
    List<Example> examples = read(Path.of(arguments[0]));
    TaggerTraining training = new TaggerTraining();
    for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
      long wrong = training.round(examples);
      System.out.println("round " + round + ": " + wrong + " labels wrong");
    }
    Files.write(Path.of(arguments[1]), training.written());
  }

  private static List<Example> read(Path path) throws IOException {
    List<String> types = Arrays.asList(Tagger.TYPES);
    List<Example> examples = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    List<Integer> labels = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      if (line.isEmpty()) {
        examples.add(
            new Example(text.toString(), labels.stream().mapToInt(Integer::intValue).toArray()));
        text.setLength(0);
        labels.clear();
        continue;
      }
      String[] parts = line.split("\t", -1);
      text.append(" ".repeat(Integer.parseInt(parts[2])));
      text.append(parts[0].equals("\\n") ? "\n" : parts[0]);
      int type = parts[1].equals("O") ? -1 : types.indexOf(parts[1].substring(2));
      labels.add(type < 0 ? 0 : 2 * type + (parts[1].charAt(0) == 'B' ? 1 : 2));
    }
    return examples;
  }

  private long round(List<Example> examples) {
    int[] order = new int[examples.size()];
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    Tokens tokens = new Tokens();
    Passage passage = new Passage();
    long wrong = 0;
    for (int one : order) {
      Example example = examples.get(one);
      tokens.of(passage.of(example.text()));
      if (tokens.size != example.labels().length) {
        continue;
      }
      features.look(passage, tokens);
      for (int i = 0; i < tokens.size; i++) {
        if (random.nextDouble() < (example.labels()[i] > 0 ? FORGET : FORGET_OTHERS)) {
          features.forget(i, random.nextLong());
        }
      }
      features.combine(tokens, Tagger.BITS);
      for (int f = 0; f < tokens.size * Features.COUNT; f++) {
        features.buckets[f] = random.nextDouble() < LEFT_OUT ? -1 : features.buckets[f];
      }
      wrong += learn(example.labels(), tokens.size);
      step++;
    }
    return wrong;
  }

  private int learn(int[] gold, int size) {
    int[] found = best(size);
    int wrong = 0;
    for (int i = 0; i < size; i++) {
      if (found[i] != gold[i]) {
        wrong++;
        for (int f = i * Features.COUNT; f < (i + 1) * Features.COUNT; f++) {
          int from = features.buckets[f] * LABELS;
          if (from >= 0) {
            add(weights, sums, from + gold[i], 1);
            add(weights, sums, from + found[i], -1);
          }
        }
      }
      int goldPair = (i == 0 ? 0 : gold[i - 1]) * LABELS + gold[i];
      int foundPair = (i == 0 ? 0 : found[i - 1]) * LABELS + found[i];
      if (goldPair != foundPair) {
        add(pairs, pairSums, goldPair, 1);
        add(pairs, pairSums, foundPair, -1);
      }
    }
    return wrong;
  }

  private void add(float[] values, float[] totals, int at, int change) {
    values[at] += change;
    totals[at] += step * change;
  }

  private int[] best(int size) {
    float[][] scores = new float[size][LABELS];
    int[][] back = new int[size][LABELS];
    for (int i = 0; i < size; i++) {
      for (int f = i * Features.COUNT; f < (i + 1) * Features.COUNT; f++) {
        int from = features.buckets[f] * LABELS;
        for (int label = 0; from >= 0 && label < LABELS; label++) {
          scores[i][label] += weights[from + label];
        }
      }
      for (int label = 0; label < LABELS; label++) {
        float best = -1e30f;
        for (int before = 0; before < (i == 0 ? 1 : LABELS); before++) {
          float earlier = i == 0 ? 0 : scores[i - 1][before];
          float score = earlier + pairs[before * LABELS + label];
          if (Tagger.follows(before, label) && score > best) {
            best = score;
            back[i][label] = before;
          }
        }
        scores[i][label] += best;
      }
    }
    int[] labels = new int[size];
    int label = 0;
    for (int other = 1; size > 0 && other < LABELS; other++) {
      label = scores[size - 1][other] > scores[size - 1][label] ? other : label;
    }
    for (int i = size - 1; i >= 0; i--) {
      labels[i] = label;
      label = back[i][label];
    }
    return labels;
  }

  /** The averages, scaled so that the largest weight of a feature is 127. */
  private byte[] written() throws IOException {
    float most = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= sums[i] / step;
      most = Math.max(most, Math.abs(weights[i]));
    }
    // The few largest are cut, or the many small ones would all become 0.
    float scale = 127 / (most * 0.5f);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      for (int i = 0; i < pairs.length; i++) {
        out.writeInt(Math.round((pairs[i] - pairSums[i] / step) * scale));
      }
      for (float weight : weights) {
        int rounded = Math.max(-127, Math.min(127, Math.round(weight * scale)));
        out.writeByte(Math.abs(rounded) < LEAST ? 0 : rounded);
      }
    }
    return bytes.toByteArray();
  }
}
