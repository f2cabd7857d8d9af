package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.Registry;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leeway audit show}. */
@Command(
    name = "show",
    description =
        "Tells the story of a model, or of one of its versions: why it was trained, on what, who let it out, what happened since.",
    mixinStandardHelpOptions = true)
final class AuditShowCommand extends RegistryCommand {
  @Option(
      names = "--of",
      paramLabel = "VERSION",
      description = "Of this version only, with what led to it.")
  private Integer version;

  AuditShowCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  List<String> done(Store store, ModelConfig model) {
    Registry registry = new Registry(store);
    List<AuditEntry> entries = registry.chain(model.name()).entries();
    List<String> words = new ArrayList<>();
    if (version != null) {
      registry.state(model.name()).version(version);
      entries = AuditStory.of(entries, version);
    }
    words.add(
        entries.isEmpty()
            ? model.name() + ": nothing is on record."
            : "%s: %d entries.".formatted(model.name(), entries.size()));
    entries.forEach(entry -> words.addAll(AuditStory.lines(entry)));
    List<String> faults =
        registry.faults(model.name()).stream().map(fault -> fault.sentence()).toList();
    if (!faults.isEmpty()) {
      words.add("THE RECORD IS DAMAGED, see 'leeway audit verify': " + faults.get(0));
    }
    return words;
  }
}
