package io.leeway.cli;

import io.leeway.domain.UserException;
import java.net.URL;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Spark and the Delta Lake that Leeway was started on. Others than it was made for end in a
 * missing method somewhere in the middle of a job, so they are named before.
 *
 * @param spark version of Spark, for example {@code 4.1.0}
 * @param delta where Delta's classes come from; empty where there are none, and text without a
 *     version's line where its jar bears another name
 */
record Platform(String spark, Optional<String> delta) {
  private static final List<String> LINES = List.of("4.0", "4.1");
  private static final String DELTA = "io.delta.sql.DeltaSparkSessionExtension";
  private static final String ADVICE =
      "--packages io.delta:delta-spark_%s_2.13:4.4.0 brings the right one.";
  private static final Pattern NUMBERS = Pattern.compile("\\d+\\.\\d+");
  private static final Pattern LINE = Pattern.compile("delta-spark_(\\d+\\.\\d+)_");

  /** Of this process. */
  static Platform found() {
    return new Platform(org.apache.spark.package$.MODULE$.SPARK_VERSION(), deltaJar());
  }

  private static Optional<String> deltaJar() {
    try {
      CodeSource source =
          Class.forName(DELTA, false, Thread.currentThread().getContextClassLoader())
              .getProtectionDomain()
              .getCodeSource();
      URL place = source == null ? null : source.getLocation();
      return Optional.of(place == null ? "" : place.toString());
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Refuses what Leeway does not run on.
   *
   * @throws UserException with what is there, and what is to be there
   */
  void require() {
    String line = line();
    if (!LINES.contains(line)) {
      throw new UserException(
          "This is Spark " + spark + ", and Leeway runs on " + String.join(" and ", LINES) + ".");
    }
    if (delta.isEmpty()) {
      throw new UserException(
          "Delta Lake is not on the class path, and Leeway keeps all its tables in it: "
              + ADVICE.formatted(line));
    }
    Matcher made = LINE.matcher(delta.get());
    if (made.find() && !made.group(1).equals(line)) {
      throw new UserException(
          "This is Spark "
              + spark
              + ", but Delta Lake on the class path was made for Spark "
              + made.group(1)
              + " ("
              + delta.get()
              + "): "
              + ADVICE.formatted(line));
    }
  }

  /** Its first two numbers. */
  private String line() {
    Matcher numbers = NUMBERS.matcher(spark);
    return numbers.lookingAt() ? numbers.group() : spark;
  }
}
