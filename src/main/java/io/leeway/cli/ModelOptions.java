package io.leeway.cli;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which configuration, and which of its models. */
final class ModelOptions {
  private static final Path DEFAULT = Path.of("leeway.conf");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration; leeway.conf in the working folder unless given.")
  private Path config;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Only this model; may be given several times. All models unless given.")
  private List<String> names = List.of();

  /**
   * Reads and checks the configuration.
   *
   * @throws UserException with all problems at once
   */
  LeewayConfig load(Sessions sessions) {
    if (config == null && !Files.exists(DEFAULT)) {
      throw new UserException(
          "No configuration: there is no leeway.conf in the working folder. Name one by --config FILE; "
              + "conf/example.conf shows what it can say.");
    }
    LeewayConfig loaded = ConfigLoader.load(config == null ? DEFAULT : config);
    if (!sessions.isLocal() && !loaded.relativePaths().isEmpty()) {
      throw new UserException(
          loaded.relativePaths().stream()
              .map(
                  path ->
                      loaded.source()
                          + ": "
                          + path.key()
                          + ": '"
                          + path.text()
                          + "' is relative to this file's folder, which the cluster's other machines do "
                          + "not have; write a whole address such as s3a://... or hdfs://..., or a "
                          + "catalog name")
              .collect(Collectors.joining("\n")));
    }
    return loaded;
  }

  /** Those that were named, in that order and once each; else all. */
  List<ModelConfig> chosen(LeewayConfig loaded) {
    return names.isEmpty()
        ? loaded.models()
        : new LinkedHashSet<>(names).stream().map(loaded::model).toList();
  }
}
