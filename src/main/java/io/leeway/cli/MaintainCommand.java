package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.RetentionConfig;
import io.leeway.domain.UserException;
import io.leeway.store.Maintenance;
import io.leeway.store.Store;
import io.leeway.store.StoreUpgrade;
import io.leeway.store.Vacuum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leeway maintain}: the result tables stay small, and are brought to a newer form. */
@Command(
    name = "maintain",
    description = {
      "Removes rows that are no longer kept, and puts small files together.",
      "May run at any time, beside monitors and readers; best once a day.  How long what is kept says store.retention of the configuration: rows of attempts that never committed (abandoned, 7 days), numbers that a later run replaced (superseded, 365 days), and, counted from their window's end, slices of several columns (crosses, 90 days) and of one (slices, 730 days). The overall slice, the reference and the table runs stay for ever. The view metrics_as_published loses what is removed: it answers whole for moments within the time that superseded numbers are kept, and of slices for windows within theirs."
    },
    mixinStandardHelpOptions = true)
final class MaintainCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  @Option(
      names = "--abandoned-after",
      paramLabel = "LENGTH",
      description = {
        "How long after its start an attempt that has not committed is held to be dead, such as",
        "'3 days'; in place of store.retention.abandoned. It can no longer commit then."
      })
  private String abandonedAfter;

  @Option(
      names = "--vacuum",
      description = {
        "Also delete files that no version of the tables within Delta's retention needs (7 days,",
        "or more where the table says so)."
      })
  private boolean vacuum;

  @Option(
      names = "--upgrade",
      description = "Only bring the tables of an older Leeway to the form of this one.")
  private boolean upgrade;

  @Option(names = "--dry-run", description = "Say only what would be done.")
  private boolean dryRun;

  MaintainCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    refuseMixture();
    LeewayConfig config = models.load(sessions());
    RetentionConfig retention = retention(config.store().retention());
    List<ModelConfig> chosen = models.chosen(config);
    Store store = Store.open(sessions().session(), config.store());
    if (upgrade) {
      return Ending.with(upgraded(store));
    }
    List<String> words = new ArrayList<>();
    if (vacuum) {
      words.addAll(new Vacuum(store).run(dryRun));
    }
    Maintenance maintenance = new Maintenance(store, retention, Instant.now(), dryRun);
    List<ModelOutcome> outcomes =
        ModelLoop.outcomes(
            chosen,
            model -> {
              progress("Maintaining model " + model.name() + " ...");
              return ModelOutcome.done(
                  new MaintainedModel(maintenance.run(model.name(), profilesAtLeast(model))));
            });
    outcomes.forEach(outcome -> words.addAll(outcome.words()));
    List<String> others =
        maintenance.others(config.models().stream().map(ModelConfig::name).toList());
    if (!others.isEmpty()) {
      words.add("Left as they are, since the configuration does not name them: " + others + ".");
    }
    return new Ending(outcomes, words);
  }

  private void refuseMixture() {
    if (upgrade && (vacuum || abandonedAfter != null)) {
      throw new UserException(
          "--upgrade removes nothing, so it does not go with --vacuum or --abandoned-after; run "
              + "'leeway maintain' with those afterwards.");
    }
  }

  private RetentionConfig retention(RetentionConfig configured) {
    if (abandonedAfter == null) {
      return configured;
    }
    try {
      return configured.withAbandoned(RetentionConfig.length(abandonedAfter));
    } catch (IllegalArgumentException e) {
      throw new UserException("--abandoned-after: " + e.getMessage() + ".", e);
    }
  }

  /** Windows as old as this may be scanned again, and roll-ups reach back from there. */
  private static Duration profilesAtLeast(ModelConfig model) {
    return model.windows().lookBack().plus(model.limits().restateHorizon());
  }

  private List<String> upgraded(Store store) {
    List<String> words = new ArrayList<>(new StoreUpgrade(store).run(dryRun));
    if (words.isEmpty()) {
      words.add("The store " + store.location() + " has this Leeway's form; nothing to upgrade.");
    } else if (dryRun) {
      words.add("A dry run, nothing was changed.");
    }
    return words;
  }
}
