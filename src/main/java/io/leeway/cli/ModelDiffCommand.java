package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code leeway models diff}. */
@Command(
    name = "diff",
    description = "Says in what two versions differ: data, parameters, pipeline, code.",
    mixinStandardHelpOptions = true)
final class ModelDiffCommand extends RegistryCommand {
  @Parameters(index = "0", paramLabel = "ONE", description = "A version.")
  private int one;

  @Parameters(index = "1", paramLabel = "OTHER", description = "Another version.")
  private int other;

  ModelDiffCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  List<String> done(Store store, ModelConfig model) {
    ModelState state = new Registry(store).state(model.name());
    Map<String, String> before = VersionFacts.lines(state.version(one));
    Map<String, String> after = VersionFacts.lines(state.version(other));
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> words = new ArrayList<>();
    for (String name : names) {
      String old = before.getOrDefault(name, "(none)");
      String now = after.getOrDefault(name, "(none)");
      if (!old.equals(now)) {
        words.add("  " + name + ": " + old + " -> " + now);
      }
    }
    words.add(
        0,
        words.isEmpty()
            ? "Versions %d and %d of %s do not differ.".formatted(one, other, model.name())
            : "From version %d to version %d of %s:".formatted(one, other, model.name()));
    return words;
  }
}
