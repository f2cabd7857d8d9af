package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.TableRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Whether of several drivers that commit to a Delta table at once exactly one gets each version. On
 * S3 Delta sees to that within one driver only, unless it is told of a lock that drivers share.
 *
 * @see <a href="https://docs.delta.io/latest/delta-storage.html">Delta Lake, storage
 *     configuration</a>
 */
final class CommitSafety {
  private static final Set<String> S3 = Set.of("s3", "s3a", "s3n");
  private static final String ONE_DRIVER = "S3SingleDriverLogStore";

  private CommitSafety() {}

  /**
   * What to tell people of the tables that Leeway writes; nothing where all is well.
   *
   * @param setting of Spark by its name, empty where it is not set
   */
  static List<String> warnings(LeewayConfig config, UnaryOperator<String> setting) {
    return written(config)
        .map(CommitSafety::scheme)
        .flatMap(Optional::stream)
        .filter(S3::contains)
        .distinct()
        .filter(scheme -> isOfOneDriver(setting.apply("spark.delta.logStore." + scheme + ".impl")))
        .map(
            scheme ->
                "WARNING: tables on "
                    + scheme
                    + ":// are written, where two drivers that commit at once may lose a commit. Run one "
                    + "command at a time over them, or set spark.delta.logStore."
                    + scheme
                    + ".impl = io.delta.storage.S3DynamoDBLogStore with io.delta:delta-storage-s3-dynamodb.")
        .toList();
  }

  private static Stream<String> written(LeewayConfig config) {
    return Stream.concat(
        config.store().path().stream(),
        config.models().stream().flatMap(CommitSafety::scored).map(TableRef::text));
  }

  private static Stream<TableRef> scored(ModelConfig model) {
    return model.retrain().flatMap(of -> of.scoring()).stream()
        .flatMap(
            of -> Stream.concat(Stream.of(model.predictions().table()), of.shadowTable().stream()));
  }

  private static Optional<String> scheme(String address) {
    int colon = address.indexOf("://");
    return colon < 0 ? Optional.empty() : Optional.of(address.substring(0, colon));
  }

  private static boolean isOfOneDriver(String logStore) {
    return logStore.isEmpty() || logStore.endsWith(ONE_DRIVER);
  }
}
