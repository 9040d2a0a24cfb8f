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
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Learns the weights of {@link Tagger} from the text that {@code bench/privacy/generate.py} writes:
 * structured perceptrons whose weights are averaged over all steps and over several learners, which
 * differ by what they draw. A sequence of labels must be better by a margin for each label that is
 * wrong in another one (Tsochantaridis and others 2005). Words are forgotten at random, so that
 * names in no list are found too.
 *
 * <p>Arguments: the training text, the file of weights to write, rounds, learners.
 */
public final class TaggerTraining {
  private static final double FORGET = 0.3;
  private static final double FORGET_OTHERS = 0.2;

  /** Share of the features of a token that are left out, so that none is relied on alone. */
  private static final double LEFT_OUT = 0.25;

  /** Smaller weights become 0: they tell of single names rather than of kinds of text. */
  private static final int LEAST = 8;

  /** What a sequence with a wrong label must be worse by, a label. */
  private static final float MARGIN = 10;

  private static final int LABELS = Tagger.LABELS;

  private final float[] weights = new float[LABELS << Tagger.BITS];
  private final float[] sums = new float[LABELS << Tagger.BITS];
  private final float[] pairs = new float[LABELS * LABELS];
  private final float[] pairSums = new float[LABELS * LABELS];
  private final Features features = new Features(new Lexicon());
  private final SplittableRandom random;
  private float step = 1;

  private record Example(String text, int[] labels) {}

  private TaggerTraining(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Runs the training. */
  public static void main(String[] arguments) throws IOException {
    List<Example> examples = read(Path.of(arguments[0]));
    int rounds = Integer.parseInt(arguments[2]);
    List<TaggerTraining> learners =
        IntStream.range(0, Integer.parseInt(arguments[3]))
            .parallel()
            .mapToObj(number -> new TaggerTraining(11 + number).learnt(examples, rounds))
            .toList();
    TaggerTraining all = learners.get(0);
    learners.subList(1, learners.size()).forEach(all::addAll);
    Files.write(Path.of(arguments[1]), all.written());
  }

  /** Returns this learner with the mean of its weights over all steps. */
  private TaggerTraining learnt(List<Example> examples, int rounds) {
    for (int round = 0; round < rounds; round++) {
      System.out.println("round " + round + ": " + round(examples) + " labels wrong");
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= sums[i] / step;
    }
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] -= pairSums[i] / step;
    }
    return this;
  }

  private void addAll(TaggerTraining other) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] += other.weights[i];
    }
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] += other.pairs[i];
    }
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
    int[] found = best(size, gold);
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

  /** The best labels, where all but those of {@code gold} have the margin ahead. */
  private int[] best(int size, int[] gold) {
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
        scores[i][label] += best + (label == gold[i] ? 0 : MARGIN);
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

  /** The weights, scaled so that the largest weight of a feature is 127. */
  private byte[] written() throws IOException {
    float most = 0;
    for (float weight : weights) {
      most = Math.max(most, Math.abs(weight));
    }
    // The few largest are cut, or the many small ones would all become 0.
    float scale = 127 / (most * 0.5f);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      for (float pair : pairs) {
        out.writeInt(Math.round(pair * scale));
      }
      for (float weight : weights) {
        int rounded = Math.max(-127, Math.min(127, Math.round(weight * scale)));
        out.writeByte(Math.abs(rounded) < LEAST ? 0 : rounded);
      }
    }
    return bytes.toByteArray();
  }
}
