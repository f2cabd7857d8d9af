package io.leeway.store;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;

/** Storage whose code is not among the job's jars, and the jar that has it. */
final class MissingFileSystem {
  /** As {@code FileSystem} and {@code AbstractFileSystem} of Hadoop word it. */
  private static final Pattern NO_SCHEME =
      Pattern.compile("No (?:Abstract)?FileSystem (?:configured )?for scheme:? \"?([\\w+.-]+)\"?");

  /** As in {@code Class a.B not found}, {@code a.B}, and {@code a/B}. */
  private static final Pattern CLASS = Pattern.compile("([\\w$]+(?:[./][\\w$]+)+)");

  private static final List<Connector> CONNECTORS =
      List.of(
          new Connector(
              "s3a?|s3n",
              "org\\.apache\\.hadoop\\.fs\\.s3a\\..*|software\\.amazon\\.awssdk\\..*",
              "org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion() + " (addresses s3a://)"),
          new Connector(
              "abfss?|wasbs?",
              "org\\.apache\\.hadoop\\.fs\\.azure.*",
              "org.apache.hadoop:hadoop-azure:" + VersionInfo.getVersion()),
          new Connector(
              "gs",
              "com\\.google\\.cloud\\.hadoop\\..*",
              "com.google.cloud.bigdataoss:gcs-connector"));

  /** Patterns of the schemes and class names of one kind of storage. */
  private record Connector(String schemes, String classes, String jar) {}

  private MissingFileSystem() {}

  /** What is missing and how it is added; empty if the error is of another kind. */
  static Optional<String> words(Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    Matcher scheme = NO_SCHEME.matcher(message);
    if (scheme.find()) {
      String name = scheme.group(1);
      String jar =
          CONNECTORS.stream()
              .filter(connector -> name.matches(connector.schemes()))
              .map(Connector::jar)
              .findFirst()
              .orElse("the jar that reads such addresses, or correct the address");
      return Optional.of("nothing here reads addresses " + name + "://. " + advice(jar));
    }
    if (!(cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError)) {
      return Optional.empty();
    }
    Matcher named = CLASS.matcher(message);
    if (!named.find()) {
      return Optional.empty();
    }
    String name = named.group(1).replace('/', '.');
    return CONNECTORS.stream()
        .filter(connector -> name.matches(connector.classes()))
        .map(Connector::jar)
        .findFirst()
        .or(() -> name.endsWith("FileSystem") ? Optional.of("its jar") : Optional.empty())
        .map(jar -> "the storage needs the class " + name + ". " + advice(jar));
  }

  private static String advice(String jar) {
    return "Add to the job, as by spark-submit --packages: " + jar + ".";
  }
}
