package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.config.StoreConfig;
import io.leeway.registry.Registry;
import io.leeway.serving.ScoreReport;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leeway score}. */
@Command(
    name = "score",
    description = {
      "Scores the rows that came into each model's feature table since the last scoring, each exactly once: by the champion, by the challenger in its share, or by the fallback where the circuit is open.",
      "Models whose configuration names nothing to score are passed by."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  ScoreCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    Instant now = Instant.now();
    return ModelLoop.run(
        models,
        sessions(),
        (config, store, model) ->
            model.retrain().flatMap(of -> of.scoring()).isEmpty()
                ? ModelOutcome.passed(model.name())
                : scored(store, config.store(), model, now));
  }

  private ModelOutcome scored(Store store, StoreConfig place, ModelConfig model, Instant now) {
    Registry registry = new Registry(store);
    ServingDesk.Scored scored =
        new ServingDesk(store, registry, RetrainNeed.of(model).modelsRoot(place)).score(model, now);
    ModelOutcome done =
        new CurrentState(sessions().hadoop(), place, registry)
            .published(model, ModelOutcome.passed(model.name()).and(told(scored)));
    return scored
        .report()
        .fault()
        .map(why -> done.failing(new Failure(Failure.Family.ENVIRONMENT, why, true)))
        .orElse(done);
  }

  static Told told(ServingDesk.Scored scored) {
    ScoreReport report = scored.report();
    Map<String, Object> facts = new LinkedHashMap<>();
    List<String> words = new ArrayList<>(words(report));
    facts.put("rows", report.predictions().rows());
    facts.put("came", report.predictions().came());
    facts.put("known", report.predictions().known());
    facts.put("left", report.predictions().left());
    scored
        .circuit()
        .ifPresent(
            entry -> {
              facts.put("circuit", entry.act().details().text("state").orElse(null));
              words.add(
                  "The circuit is "
                      + entry.act().details().text("state").orElse("?")
                      + ": "
                      + entry.act().reason());
            });
    return new Told(
        "score", report.predictions().isOvertaken() ? "overtaken" : "scored", facts, words);
  }

  /** What was written, by version. */
  static List<String> words(ScoreReport report) {
    List<String> words = new ArrayList<>();
    ScoreReport.Fed fed = report.predictions();
    if (fed.isOvertaken()) {
      words.add("Somebody else has scored these rows meanwhile; nothing was written twice.");
    } else {
      words.add(
          String.format(
              Locale.ROOT,
              "Scored %,d of %,d rows that came%s.",
              fed.rows(),
              fed.came(),
              fed.left() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT, ", and left %,d to whoever serves as champion", fed.left())));
      fed.parts()
          .forEach(
              part ->
                  words.add(
                      String.format(
                          Locale.ROOT,
                          "  version %-8s %-8s %,10d rows",
                          part.version(),
                          part.status(),
                          part.rows())));
    }
    words.addAll(report.notes());
    return words;
  }
}
