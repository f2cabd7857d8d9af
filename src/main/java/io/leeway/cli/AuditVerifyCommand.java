package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.registry.AuditChain;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.retrain.StoredEvidence;
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
      "Checks that no entry of the audit log was changed, removed, put in or moved, and that what",
      "the gate found of each version still stands in gate_checks as it was found; names what does",
      "not, and ends with code 3 then. Keep the last hash that it prints elsewhere: whoever can",
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
    List<ModelConfig> chosen = models.chosen(config);
    Store store = Store.open(sessions().session(), config.store());
    List<String> words = new ArrayList<>();
    List<ModelOutcome> outcomes = new ArrayList<>();
    for (ModelConfig model : chosen) {
      outcomes.add(verified(store, model, words));
    }
    return new Ending(outcomes, words);
  }

  private ModelOutcome verified(Store store, ModelConfig model, List<String> words) {
    Registry registry = new Registry(store);
    AuditChain chain = registry.chain(model.name());
    List<String> ofLog = new ArrayList<>();
    registry.faults(model.name()).forEach(fault -> ofLog.add(fault.sentence()));
    missingHead(chain).ifPresent(ofLog::add);
    if (!ofLog.isEmpty()) {
      words.add("%s: the audit log is not as it was written.".formatted(model.name()));
      ofLog.forEach(fault -> words.add("  " + fault));
      words.add("  Its versions were not looked at: what they are follows from the log.");
      return ModelOutcome.refused(model.name(), ofLog.get(0));
    }
    words.add(
        "%s: %,d entries, whole. The last one is %d:%s."
            .formatted(model.name(), chain.entries().size(), chain.last(), chain.head()));
    ModelState state = ModelState.of(model.name(), chain);
    List<String> ofVersions = notAsFound(store, state);
    ofVersions.forEach(fault -> words.add("  " + fault));
    return ofVersions.isEmpty()
        ? ModelOutcome.passed(model.name())
        : ModelOutcome.refused(model.name(), ofVersions.get(0));
  }

  private static List<String> notAsFound(Store store, ModelState state) {
    StoredEvidence evidence = new StoredEvidence(store, state.model());
    return state.versions().stream().flatMap(of -> evidence.fault(of).stream()).toList();
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
