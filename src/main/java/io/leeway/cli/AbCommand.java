package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.config.StoreConfig;
import io.leeway.registry.Registry;
import io.leeway.serving.ab.TestReport;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leeway ab}. */
@Command(
    name = "ab",
    description = {
      "Looks at each model's running test of a challenger against the champion; may be asked every day.",
      "A broken guardrail takes the challenger out; the next step of the ramp is taken when it is due; a winner is told, and promoted by people."
    },
    mixinStandardHelpOptions = true)
final class AbCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  AbCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    Instant now = Instant.now();
    return ModelLoop.run(
        models, sessions(), (config, store, model) -> looked(store, config.store(), model, now));
  }

  private ModelOutcome looked(Store store, StoreConfig place, ModelConfig model, Instant now) {
    Registry registry = new Registry(store);
    boolean isTried =
        registry.state(model.name()).challenge().filter(of -> !of.shadow()).isPresent();
    Told told =
        model.retrain().isEmpty() || !isTried
            ? new Told("ab", "no_test", Map.of(), List.of(model.name() + " has no running test."))
            : told(
                new ServingDesk(store, registry, RetrainNeed.of(model).modelsRoot(place))
                    .test(model, now));
    return new CurrentState(sessions().hadoop(), place, registry)
        .published(model, ModelOutcome.passed(model.name()).and(told));
  }

  private static Told told(TestReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("ruling", report.ruling().name());
    facts.put("challenger", report.challenger());
    facts.put("because", report.because());
    return new Told("ab", report.ruling().name(), facts, words(report));
  }

  /** The ruling, what followed, and what is odd. */
  static List<String> words(TestReport report) {
    List<String> words = new ArrayList<>();
    words.add("Version " + report.challenger() + ": " + report.ruling() + ". " + report.because());
    report
        .acted()
        .ifPresent(entry -> words.add(entry.act().kind().text() + ": " + entry.act().reason()));
    words.addAll(report.notes());
    return words;
  }
}
