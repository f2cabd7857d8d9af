package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.domain.RunIdentity;
import io.leeway.registry.Contest;
import io.leeway.registry.ModelState;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Promotion;
import io.leeway.registry.Registry;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway promote}. */
@Command(
    name = "promote",
    description = {
      "Makes a version champion, or lets it challenge the champion on a share of the traffic, or answer in its shadow.",
      "One entry in the audit log: no data is read."
    },
    mixinStandardHelpOptions = true)
final class PromoteCommand extends ServingActCommand {
  /** What a version may become. */
  enum Role {
    CHAMPION,
    CHALLENGER,
    SHADOW
  }

  private static final int WHOLE = 10_000;

  @Mixin private ActOptions act;

  @Parameters(paramLabel = "VERSION", description = "As 'leeway models list' shows it.")
  private int version;

  @Option(
      names = "--to",
      paramLabel = "ROLE",
      defaultValue = "champion",
      description = "What it becomes: champion, challenger or shadow (default: champion).")
  private Role to;

  @Option(
      names = "--untested",
      description = "Make it champion though its test has not said SHIP. That goes on record.")
  private boolean untested;

  PromoteCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  List<String> acted(Registry registry, ModelConfig model) {
    RetrainConfig retrain = RetrainNeed.of(model);
    ModelState seen = registry.state(model.name());
    registry.actOn(seen, state -> entry(state, retrain));
    return List.of(
        switch (to) {
          case CHAMPION -> "Version %d of %s serves now.".formatted(version, model.name());
          case SHADOW -> "Version %d of %s answers in the shadow.".formatted(version, model.name());
          case CHALLENGER ->
              String.format(
                  Locale.ROOT,
                  "Version %d of %s challenges the champion on %.2f %% of the traffic.",
                  version,
                  model.name(),
                  100.0 * retrain.traffic().ramp().get(0) / WHOLE);
        });
  }

  private NewEntry entry(ModelState state, RetrainConfig retrain) {
    return switch (to) {
      case CHAMPION ->
          Promotion.promote(
              state, version, retrain.traffic().required() && !untested, act.by(), act.reason());
      case SHADOW ->
          Contest.begin(state, version, 0, RunIdentity.attempt(), act.by(), act.reason());
      case CHALLENGER ->
          Contest.begin(
              state,
              version,
              retrain.traffic().ramp().get(0),
              RunIdentity.attempt(),
              act.by(),
              act.reason());
    };
  }
}
