package io.leeway.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What the runs of one part took.
 *
 * @param runs each of them, without the first one, which only warms up
 * @param note what came out, for the eye
 */
record Measured(String name, List<Run> runs, String note) {
  /**
   * One run.
   *
   * @param seconds by the clock
   * @param cpuSeconds of all threads of this process together: what a busy machine changes less
   */
  record Run(double seconds, double cpuSeconds) {
    static Run of(Runnable work) {
      Moment start = Moment.now();
      work.run();
      return start.until(Moment.now());
    }
  }

  /** Both clocks at one moment, in nanoseconds from moments of their own. */
  record Moment(long nanos, long cpuNanos) {
    static Moment now() {
      return new Moment(
          System.nanoTime(),
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }

    Run until(Moment later) {
      return new Run((later.nanos - nanos) / 1e9, (later.cpuNanos - cpuNanos) / 1e9);
    }
  }

  Measured {
    runs = List.copyOf(runs);
  }

  double medianSeconds() {
    return median(Run::seconds);
  }

  double medianCpuSeconds() {
    return median(Run::cpuSeconds);
  }

  /** The middle one; of an even number, the lower one of the two in the middle. */
  private double median(ToDoubleFunction<Run> of) {
    double[] sorted = runs.stream().mapToDouble(of).sorted().toArray();
    return sorted[(sorted.length - 1) / 2];
  }

  @Override
  public String toString() {
    double[] sorted = runs.stream().mapToDouble(Run::seconds).toArray();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%-20s %8.2f s  (%.2f – %.2f, %d runs)  %8.2f s of CPU  %s",
        name,
        medianSeconds(),
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length,
        medianCpuSeconds(),
        note);
  }
}
