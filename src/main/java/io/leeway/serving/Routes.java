package io.leeway.serving;

import io.leeway.config.CircuitConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.LeewayException;
import io.leeway.domain.UserException;
import io.leeway.registry.AuditChain;
import io.leeway.registry.Challenge;
import io.leeway.registry.ModelState;
import io.leeway.registry.Version;
import io.leeway.serving.circuit.Circuit;
import io.leeway.serving.circuit.CircuitState;
import io.leeway.stats.experiment.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who answers which rows: a list of routes, of which a row takes the first whose condition holds.
 *
 * <p>The challenger has its share of the units. Of the others, the champion has all while the
 * circuit is closed, and none while it is open; the fallback has the rest. In between the champion
 * has a probe, chosen by the same hash with a salt of its own. The circuit is the champion's: it
 * takes nothing from the challenger.
 */
final class Routes {
  private static final String ALL = "true";

  /**
   * A route.
   *
   * @param condition SQL over the features
   * @param version as rows bear it
   * @param scorer empty where the rows are left to somebody else
   */
  record Route(
      String condition,
      String version,
      boolean isChampions,
      String status,
      Optional<Scorer> scorer) {}

  private final ModelConfig model;
  private final ModelState state;
  private final Function<Version, Scorer> loader;
  private final List<String> notes = new ArrayList<>();
  private Optional<String> fault = Optional.empty();

  Routes(ModelConfig model, ModelState state, Function<Version, Scorer> loader) {
    this.model = model;
    this.state = state;
    this.loader = loader;
  }

  /** Why the champion does not answer though it should; the fallback has its rows. */
  Optional<String> fault() {
    return fault;
  }

  /** For people, in sentences. */
  List<String> notes() {
    return notes;
  }

  /** The one route of a challenger in the shadow; empty without one, or if it cannot be loaded. */
  Optional<Route> shadow() {
    return state
        .challenge()
        .filter(Challenge::shadow)
        .flatMap(of -> load(of.version(), "its rows are scored once it can be"))
        .map(
            loaded ->
                new Route(
                    ALL, loaded.version, false, ServedColumns.OK, Optional.of(loaded.scorer)));
  }

  /**
   * Those of the predictions.
   *
   * @param unit SQL of what is assigned as a whole
   * @param features whose columns a rule may name
   * @throws UserException if the rule does not fit them, or there is nobody to answer
   */
  List<Route> predictions(
      CircuitConfig config, AuditChain chain, String unit, Dataset<Row> features, Instant now) {
    Optional<Scorer> rule =
        config.fallback().sql().isPresent()
            ? Optional.of(FallbackRule.of(model, config.fallback(), features))
            : Optional.empty();
    List<Route> routes = new ArrayList<>();
    Optional<Ramp> ramp = Ramp.of(state, chain);
    ramp.flatMap(of -> challenger(of, unit)).ifPresent(routes::add);
    if (state.champion().isEmpty()) {
      if (ramp.isPresent() && routes.isEmpty()) {
        throw unanswered("the challenger does not answer, and no champion is registered");
      }
      notes.add(
          "No champion is registered: rows that are not the challenger's are left to whoever serves "
              + "them.");
      routes.add(new Route(ALL, "", false, ServedColumns.OK, Optional.empty()));
      return routes;
    }
    Circuit circuit = CircuitDesk.published(state);
    if (circuit.state() != CircuitState.CLOSED && !circuit.isValidAt(now)) {
      notes.add(
          "The circuit was last published as "
              + circuit.state()
              + "; the time for which that holds is over, so the champion answers.");
    }
    CircuitState serving = circuit.servingAt(now);
    Version champion = state.champion().get();
    Optional<Loaded> loaded =
        serving.isOpen() ? Optional.empty() : load(champion.number(), "the fallback has its rows");
    if (loaded.isEmpty() && !serving.isOpen()) {
      fault =
          Optional.of(
              "Model '"
                  + model.name()
                  + "': its champion does not answer. "
                  + notes.get(notes.size() - 1)
                  + " Restore its files, go back by 'leeway rollback', or let the fallback serve by "
                  + "'leeway circuit open' meanwhile.");
    }
    if (serving.isOpen()) {
      notes.add("The circuit is " + serving + ": the fallback has the champion's rows.");
    }
    Optional<Route> fallback =
        loaded.isEmpty() || serving == CircuitState.HALF_OPEN ? fallback(rule) : Optional.empty();
    if (loaded.isEmpty()) {
      routes.add(
          fallback.orElseThrow(
              () ->
                  unanswered(
                      "the champion does not answer, and its fallback is "
                          + config.fallback().text()
                          + ", of which none can be loaded")));
      return routes;
    }
    String condition = ALL;
    if (fallback.isPresent()) {
      condition = probe(config, unit);
      notes.add("The circuit is HALF_OPEN: the champion has a probe of its rows.");
    } else if (serving == CircuitState.HALF_OPEN) {
      notes.add(
          "The circuit is HALF_OPEN and there is no fallback: the champion has all its rows.");
    }
    routes.add(
        new Route(
            condition,
            loaded.get().version,
            true,
            ServedColumns.OK,
            Optional.of(loaded.get().scorer)));
    fallback.ifPresent(routes::add);
    return routes;
  }

  private String probe(CircuitConfig config, String unit) {
    long since = state.circuit().orElseThrow().since().getEpochSecond();
    return "coalesce("
        + new Assignment("circuit-" + since, config.probe()).bucketSql(unit)
        + " < "
        + config.probe()
        + ", false)";
  }

  private Optional<Route> challenger(Ramp ramp, String unit) {
    String time = "CAST(" + SqlText.quoted(model.predictions().time()) + " AS TIMESTAMP)";
    return load(state.challenge().orElseThrow().version(), "the champion has its rows")
        .map(
            of ->
                new Route(
                    ramp.challengerSql(unit, time),
                    of.version,
                    false,
                    ServedColumns.OK,
                    Optional.of(of.scorer)));
  }

  private Optional<Route> fallback(Optional<Scorer> rule) {
    if (rule.isPresent()) {
      return Optional.of(
          new Route(ALL, ServedColumns.FALLBACK, false, ServedColumns.FALLBACK, rule));
    }
    for (int warm : state.warm()) {
      Optional<Loaded> previous = load(warm, "the champion before it is tried");
      if (previous.isPresent()) {
        return previous.map(
            of ->
                new Route(ALL, of.version, false, ServedColumns.FALLBACK, Optional.of(of.scorer)));
      }
    }
    return Optional.empty();
  }

  private UserException unanswered(String why) {
    return new UserException(
        "Model '"
            + model.name()
            + "': "
            + why
            + ". "
            + String.join(" ", notes)
            + " Nothing was scored; the rows wait. Restore the version's files, take the challenger out "
            + "by 'leeway rollback --challenger', write retrain.circuit.fallback = { sql = \"...\" } or "
            + "{ constant = ... }, or set the circuit by 'leeway circuit'.");
  }

  private record Loaded(String version, Scorer scorer) {}

  private Optional<Loaded> load(int number, String otherwise) {
    Version version = state.version(number);
    try {
      return Optional.of(new Loaded(version.text(), loader.apply(version)));
    } catch (LeewayException e) {
      notes.add("Version " + number + " cannot be loaded, so " + otherwise + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
