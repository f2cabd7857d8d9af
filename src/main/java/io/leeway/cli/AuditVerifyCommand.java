package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.registry.AuditChain;
import io.leeway.registry.Registry;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leeway audit verify}. */
@Command(
    name = "verify",
    description = {
      "Checks that no entry of the audit log was changed, removed, put in or moved, and names those",
      "that were; ends with code 3 then. Keep the last hash that it prints elsewhere: whoever can",
      "write the table could write all of it anew, and only that hash would tell."
    },
    mixinStandardHelpOptions = true)
final class AuditVerifyCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  @Option(
      names = "--head",
      paramLabel = "NUMBER:HASH",
      description = "An entry as an earlier 'audit verify' printed it; it must be there still.")
  private String head;

  AuditVerifyCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    LeewayConfig config = models.load(sessions());
    Registry registry = new Registry(Store.open(sessions().session(), config.store()));
    List<String> words = new ArrayList<>();
    List<ModelOutcome> outcomes = new ArrayList<>();
    for (ModelConfig model : models.chosen(config)) {
      AuditChain chain = registry.chain(model.name());
      List<String> faults = new ArrayList<>();
      registry.faults(model.name()).forEach(fault -> faults.add(fault.sentence()));
      missingHead(chain).ifPresent(faults::add);
      if (faults.isEmpty()) {
        words.add(
            "%s: %,d entries, whole. The last one is %d:%s."
                .formatted(model.name(), chain.entries().size(), chain.last(), chain.head()));
        outcomes.add(ModelOutcome.passed(model.name()));
      } else {
        words.add("%s: the audit log is not as it was written.".formatted(model.name()));
        faults.forEach(fault -> words.add("  " + fault));
        outcomes.add(ModelOutcome.refused(model.name(), faults.get(0)));
      }
    }
    return new Ending(outcomes, words);
  }

  private Optional<String> missingHead(AuditChain chain) {
    if (head == null) {
      return Optional.empty();
    }
    boolean there =
        chain.entries().stream().anyMatch(of -> head.equals(of.sequence() + ":" + of.hash()));
    return there
        ? Optional.empty()
        : Optional.of("Entry " + head + " is not there: the log was written anew or cut off.");
  }
}
