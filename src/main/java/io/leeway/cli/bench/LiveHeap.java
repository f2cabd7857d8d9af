package io.leeway.cli.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The most heap that was still in use after a collection, sampled while something runs. */
final class LiveHeap {
  private static final long MILLIS_BETWEEN = 1500;

  private LiveHeap() {}

  /** Bytes; collects garbage again and again, so times taken meanwhile mean nothing. */
  static long most(Runnable running) {
    CountDownLatch done = new CountDownLatch(1);
    long[] most = new long[1];
    Thread sampler =
        new Thread(
            () -> {
              try {
                do {
                  most[0] = Math.max(most[0], afterCollection());
                } while (!done.await(MILLIS_BETWEEN, TimeUnit.MILLISECONDS));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "live-heap");
    sampler.setDaemon(true);
    sampler.start();
    try {
      running.run();
    } finally {
      done.countDown();
    }
    try {
      sampler.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return most[0];
  }

  private static long afterCollection() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
