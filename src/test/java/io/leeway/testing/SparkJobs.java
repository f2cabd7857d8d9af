package io.leeway.testing;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts what Spark is asked to do. */
public final class SparkJobs {
  private static final long PATIENCE_MILLIS = 60_000;

  private SparkJobs() {}

  /** How many jobs the tests' Spark starts while something is done. */
  public static int during(Runnable work) throws TimeoutException {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    SparkContext context = LocalSpark.session().sparkContext();
    context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    context.addSparkListener(listener);
    try {
      work.run();
      context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } finally {
      context.removeSparkListener(listener);
    }
    return jobs.get();
  }
}
