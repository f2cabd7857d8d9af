package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.AuditChain;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.registry.files.ModelFiles;
import io.leeway.retrain.StoredEvidence;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leeway audit verify}. */
@Command(
    name = "verify",
    description = {
      "Checks that no entry of the audit log was changed, removed, put in or moved, and that what the gate found of each version still stands in gate_checks as it was found; names what does not, and ends with code 3 then.",
      "Keep the last hash that it prints elsewhere: whoever can write the table could write all of it anew, and only that hash would tell."
    },
    mixinStandardHelpOptions = true)
final class AuditVerifyCommand extends ReportingCommand {
  /** An entry as it is printed. */
  private static final Pattern ENTRY = Pattern.compile("\\d+:[0-9a-f]{64}");

  @Mixin private ModelOptions models;

  @Option(
      names = "--head",
      paramLabel = "NUMBER:HASH",
      description = "An entry as an earlier 'audit verify' printed it; it must be there still.")
  private String head;

  @Option(
      names = "--files",
      description =
          "Also holds every file of every version that may serve against what was registered: slow.")
  private boolean files;

  AuditVerifyCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    LeewayConfig config = models.load(sessions());
    List<ModelConfig> chosen = models.chosen(config);
    requireOneLogOfHead(chosen);
    Store store = Store.open(sessions().session(), config.store());
    List<String> words = new ArrayList<>();
    List<ModelOutcome> outcomes = new ArrayList<>();
    for (ModelConfig model : chosen) {
      outcomes.add(verified(config, store, model, words));
    }
    return new Ending(outcomes, words);
  }

  private ModelOutcome verified(
      LeewayConfig config, Store store, ModelConfig model, List<String> words) {
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
    List<String> ofVersions = new ArrayList<>(notAsFound(store, state));
    if (files) {
      ofVersions.addAll(notAsRegistered(config, store, model, state, words));
    }
    ofVersions.forEach(fault -> words.add("  " + fault));
    return ofVersions.isEmpty()
        ? ModelOutcome.passed(model.name())
        : ModelOutcome.refused(model.name(), ofVersions.get(0));
  }

  private static List<String> notAsFound(Store store, ModelState state) {
    StoredEvidence evidence = new StoredEvidence(store, state.model());
    return state.versions().stream().flatMap(of -> evidence.fault(of).stream()).toList();
  }

  private static List<String> notAsRegistered(
      LeewayConfig config, Store store, ModelConfig model, ModelState state, List<String> words) {
    List<Version> serving = state.versions().stream().filter(of -> mayServe(of)).toList();
    if (serving.isEmpty()) {
      words.add("  None of its versions may serve, so no files were looked at.");
      return List.of();
    }
    ModelFiles folders =
        new ModelFiles(store.spark(), RetrainNeed.of(model).modelsRoot(config.store()));
    List<String> faults = new ArrayList<>();
    List<Integer> whole = new ArrayList<>();
    for (Version version : serving) {
      try {
        folders.verify(
            model.name(), version.number(), version.digest(), version.facts().text("manifest"));
        whole.add(version.number());
      } catch (UserException e) {
        faults.add(e.getMessage());
      }
    }
    if (!whole.isEmpty()) {
      words.add("  Files of versions " + whole + " are as they were registered.");
    }
    return faults;
  }

  /** Champion and challenger, those that can be gone back to, and what may be let out. */
  private static boolean mayServe(Version version) {
    return switch (version.stage()) {
      case CHAMPION, CHALLENGER, SHADOW, APPROVED, RETIRED, ROLLED_BACK -> true;
      default -> false;
    };
  }

  /**
   * Each model has a log of its own, so an entry can be looked for in one only.
   *
   * @throws UserException if several models are chosen, or it is no entry
   */
  private void requireOneLogOfHead(List<ModelConfig> chosen) {
    if (head == null) {
      return;
    }
    if (!ENTRY.matcher(head).matches()) {
      throw new UserException(
          "--head is '"
              + head
              + "', and should be a number, a colon and 64 hexadecimal digits. Copy it from the "
              + "words 'The last one is' of an earlier 'leeway audit verify'.");
    }
    if (chosen.size() != 1) {
      throw new UserException(
          "--head is an entry of one model's log, and "
              + chosen.size()
              + " are chosen: "
              + chosen.stream().map(ModelConfig::name).collect(Collectors.joining(", "))
              + ". Name the one by --model.");
    }
  }

  private Optional<String> missingHead(AuditChain chain) {
    if (head == null || head.equals("0:" + AuditEntry.FIRST)) {
      return Optional.empty();
    }
    boolean there =
        chain.entries().stream().anyMatch(of -> head.equals(of.sequence() + ":" + of.hash()));
    return there
        ? Optional.empty()
        : Optional.of("Entry " + head + " is not there: the log was written anew or cut off.");
  }
}
