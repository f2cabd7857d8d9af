package io.leeway.cli;

import io.leeway.config.ConfigFile;
import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which configuration, and which of its models. */
final class ModelOptions {
  private static final String DEFAULT = "leeway.conf";

  @Option(
      names = "--config",
      paramLabel = "FILE|URI",
      description =
          "The configuration: a path, an address such as s3a://... or hdfs://..., or the name of a file of spark-submit --files; leeway.conf unless given.")
  private String config;

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
    LeewayConfig loaded = ConfigLoader.load(file(sessions));
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

  /**
   * Where the configuration is.
   *
   * @throws UserException if none is named, and there is none by the usual name
   */
  ConfigFile file(Sessions sessions) {
    ConfigFile found =
        new ConfigPlace(sessions.hadoop(), sessions.sentFiles())
            .find(config == null ? DEFAULT : config);
    if (config == null && !Files.exists(found.copy())) {
      throw new UserException(
          "No configuration: there is no leeway.conf in the working folder. Name one by --config FILE; "
              + "conf/example.conf shows what it can say.");
    }
    return found;
  }

  /** Those that were named, in that order and once each; else all. */
  List<ModelConfig> chosen(LeewayConfig loaded) {
    return names.isEmpty()
        ? loaded.models()
        : new LinkedHashSet<>(names).stream().map(loaded::model).toList();
  }
}
