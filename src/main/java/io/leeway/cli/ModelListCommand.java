package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.registry.AuditChain;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leeway models list}. */
@Command(
    name = "list",
    description =
        "Lists the versions of each model: who serves, who challenges, who waits for what.",
    mixinStandardHelpOptions = true)
final class ModelListCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  ModelListCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    LeewayConfig config = models.load(sessions());
    Registry registry = new Registry(Store.open(sessions().session(), config.store()));
    List<String> words = new ArrayList<>();
    List<ModelOutcome> outcomes = new ArrayList<>();
    for (ModelConfig model : models.chosen(config)) {
      words.addAll(words(registry.state(model.name())));
      List<AuditChain.Fault> faults = registry.faults(model.name());
      if (!faults.isEmpty()) {
        words.add("  THE RECORD IS DAMAGED: " + faults.get(0).sentence());
      }
      outcomes.add(ModelOutcome.passed(model.name()));
    }
    return new Ending(outcomes, words);
  }

  private static List<String> words(ModelState state) {
    List<String> words = new ArrayList<>();
    words.add(
        state.model()
            + ": "
            + (state.versions().isEmpty()
                ? "no version was trained yet."
                : state
                    .champion()
                    .map(of -> "version " + of.number() + " serves.")
                    .orElse("what serves is not registered here.")));
    for (Version version : state.versions()) {
      words.add(
          String.format(
              Locale.ROOT,
              "  %4d  %-16s  %s  %s%s",
              version.number(),
              version.stage().text(),
              version.added(),
              version.facts().text("algorithm").orElse("?"),
              more(state, version)));
    }
    state
        .circuit()
        .ifPresent(of -> words.add("  circuit " + of.state() + " since " + of.since() + "."));
    return words;
  }

  private static String more(ModelState state, Version version) {
    return switch (version.stage()) {
      case PENDING_APPROVAL ->
          String.format(
              Locale.ROOT,
              ", %d of %d approvals, until %s",
              version.approvals().size(),
              version.approvers(),
              version.expires());
      case CHALLENGER ->
          state
              .challenge()
              .map(
                  of ->
                      String.format(
                          Locale.ROOT,
                          ", %.2f %% of the traffic since %s%s",
                          of.basisPoints() / 100.0,
                          of.stepSince(),
                          version.ruling().map(said -> ", last look: " + said).orElse("")))
              .orElse("");
      case RETIRED -> state.warm().contains(version.number()) ? ", kept warm" : "";
      default -> "";
    };
  }
}
