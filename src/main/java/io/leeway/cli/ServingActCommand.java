package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.Registry;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;

/** An act by which other answers are served than before, which {@code current.json} then says. */
abstract class ServingActCommand extends RegistryCommand {
  ServingActCommand(Sessions sessions) {
    super(sessions);
  }

  /** Does it, and says so. */
  abstract List<String> acted(Registry registry, ModelConfig model);

  @Override
  final List<String> done(Store store, ModelConfig model) {
    Registry registry = new Registry(store);
    CurrentState current = new CurrentState(sessions().hadoop(), place(), registry);
    try {
      List<String> words = new ArrayList<>(acted(registry, model));
      current.publish(model).ifPresent(words::add);
      return words;
    } catch (UserException e) {
      // Refused perhaps because it is done already, and only the file was not written.
      current.publish(model);
      throw e;
    }
  }
}
