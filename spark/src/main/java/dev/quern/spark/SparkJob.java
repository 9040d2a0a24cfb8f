package dev.quern.spark;

import dev.quern.engine.pass.RunFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** A job that Spark works on while its results are taken. */
final class SparkJob {
  private final SimpleFutureAction<Integer> action;

  private SparkJob(SimpleFutureAction<Integer> action) {
    this.action = action;
  }

  /** Begins tasks that return their results, those of the partitions {@code chosen}. */
  static SparkJob doing(
      JavaSparkContext context,
      JavaRDD<Input> inputs,
      Broadcast<byte[]> parcel,
      Collection<Integer> chosen,
      BlockingQueue<TaskResult> arrived) {
    return new SparkJob(
        submit(
            context,
            inputs.rdd(),
            new Doing(parcel),
            new TreeSet<>(chosen),
            TaskResult.class,
            new Arriving(arrived)));
  }

  /** Begins what must be done before {@code parts} can be read: no more than one is looked into. */
  static SparkJob shuffling(JavaSparkContext context, JavaRDD<RunFrame> parts) {
    return new SparkJob(
        submit(context, parts.rdd(), new Touching(), List.of(0), Integer.class, new Ignoring()));
  }

  /** Begins what must be done before all of {@code frames} are kept. */
  static SparkJob keeping(JavaSparkContext context, JavaRDD<RunFrame> frames) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < frames.getNumPartitions(); i++) {
      all.add(i);
    }
    return new SparkJob(
        submit(context, frames.rdd(), new Touching(), all, Integer.class, new Ignoring()));
  }

  private static <T, U> SimpleFutureAction<Integer> submit(
      JavaSparkContext context,
      RDD<T> rdd,
      Function1<scala.collection.Iterator<T>, U> task,
      Collection<Integer> partitions,
      Class<U> type,
      AbstractFunction2<Object, U, BoxedUnit> handler) {
    Seq<Object> chosen = CollectionConverters.asScala(new ArrayList<Object>(partitions)).toSeq();
    ClassTag<U> unused = ClassTag$.MODULE$.apply(type);
    return context.sc().submitJob(rdd, task, chosen, handler, new Nothing());
  }

  boolean isEnded() {
    return action.isCompleted();
  }

  /** Ends the job early. */
  void cancel() {
    action.cancel();
  }

  /** Throws what has ended the job early. */
  void orThrow() throws IOException {
    if (action.value().isDefined() && action.value().get().isFailure()) {
      throw Failures.of(action.value().get().failed().get());
    }
  }

  /** Does one task and returns its result. */
  private static final class Doing
      extends AbstractFunction1<scala.collection.Iterator<Input>, TaskResult>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<byte[]> parcel;

    Doing(Broadcast<byte[]> parcel) {
      this.parcel = parcel;
    }

    @Override
    public TaskResult apply(scala.collection.Iterator<Input> inputs) {
      try {
        Input input = inputs.next();
        return StageTasks.of(parcel, input.ticket().seal()).run(input, StageTasks.scratch());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** Looks whether there is anything. */
  private static final class Touching
      extends AbstractFunction1<scala.collection.Iterator<RunFrame>, Integer>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer apply(scala.collection.Iterator<RunFrame> frames) {
      return frames.hasNext() ? 1 : 0;
    }
  }

  private static final class Arriving extends AbstractFunction2<Object, TaskResult, BoxedUnit> {
    private final BlockingQueue<TaskResult> arrived;

    Arriving(BlockingQueue<TaskResult> arrived) {
      this.arrived = arrived;
    }

    @Override
    public BoxedUnit apply(Object partition, TaskResult result) {
      arrived.add(result);
      return BoxedUnit.UNIT;
    }
  }

  private static final class Ignoring extends AbstractFunction2<Object, Integer, BoxedUnit> {
    @Override
    public BoxedUnit apply(Object partition, Integer result) {
      return BoxedUnit.UNIT;
    }
  }

  private static final class Nothing extends AbstractFunction0<Integer> {
    @Override
    public @Nullable Integer apply() {
      return 0;
    }
  }
}
