package dev.quern.spark;

import dev.quern.engine.Engine;
import dev.quern.engine.EngineProvider;
import dev.quern.engine.EngineSetting;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Opens the engine in a process that spark-submit has started, with the master it was given. Where
 * the process has a context of Spark already, that is used and left open.
 */
public final class SparkEngineProvider implements EngineProvider {

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Engine open(EngineSetting setting) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.app.name", "quern");
    conf.setIfMissing("spark.ui.enabled", "false");
    return SparkEnv.get() == null
        ? new SparkEngine(new JavaSparkContext(conf), SparkEngine.Ownership.OWN, setting)
        : new SparkEngine(
            new JavaSparkContext(SparkContext.getOrCreate()), SparkEngine.Ownership.LENT, setting);
  }
}
