package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.StoreConfig;
import io.leeway.domain.UserException;
import io.leeway.store.Store;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/** A command about the versions of one model. */
abstract class RegistryCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  private StoreConfig place;

  RegistryCommand(Sessions sessions) {
    super(sessions);
  }

  /** Does it, and says so. */
  abstract List<String> done(Store store, ModelConfig model);

  /** Where the result tables lie, of the configuration that was loaded. */
  final StoreConfig place() {
    return place;
  }

  @Override
  final Ending work() {
    LeewayConfig config = models.load(sessions());
    List<ModelConfig> chosen = models.chosen(config);
    if (chosen.size() != 1) {
      throw new UserException(
          "The configuration has several models: "
              + chosen.stream().map(ModelConfig::name).collect(Collectors.joining(", "))
              + ". Name one by --model.");
    }
    ModelConfig model = chosen.get(0);
    place = config.store();
    List<String> words = done(Store.open(sessions().session(), config.store()), model);
    return new Ending(List.of(ModelOutcome.passed(model.name())), words);
  }
}
