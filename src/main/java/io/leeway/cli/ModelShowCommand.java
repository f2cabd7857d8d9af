package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.retrain.StoredEvidence;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code leeway models show}. */
@Command(
    name = "show",
    description = "Shows a version: what it was trained on, what the gate found, who approved it.",
    mixinStandardHelpOptions = true)
final class ModelShowCommand extends RegistryCommand {
  @Parameters(paramLabel = "VERSION", description = "As 'leeway models list' shows it.")
  private int version;

  ModelShowCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  List<String> done(Store store, ModelConfig model) {
    Registry registry = new Registry(store);
    Version shown = registry.state(model.name()).version(version);
    List<String> words = new ArrayList<>();
    words.add("Version %d of %s is %s.".formatted(version, model.name(), shown.stage().text()));
    words.add("  trained by " + shown.trainer() + " at " + shown.added());
    VersionFacts.lines(shown).forEach((name, value) -> words.add("  " + name + " = " + value));
    shown
        .approvals()
        .forEach(
            of -> words.add("  approved by " + of.by() + " at " + of.at() + ": " + of.reason()));
    shown.ruling().ifPresent(of -> words.add("  its test says " + of));
    words.add("What the gate found:");
    new StoredEvidence(store, model.name())
        .fault(shown)
        .ifPresent(fault -> words.add("  WARNING: " + fault));
    checks(store, model, shown)
        .forEach(
            row ->
                words.add(
                    String.format(Locale.ROOT, "  %-18s %s", row.getString(0), row.getString(1))));
    return words;
  }

  private static List<Row> checks(Store store, ModelConfig model, Version version) {
    return store
        .read(ResultTable.GATE_CHECKS)
        .where(
            functions
                .col("model")
                .equalTo(model.name())
                .and(functions.col("model_version").equalTo(version.text()))
                .and(
                    functions
                        .col("attempt_id")
                        .equalTo(version.facts().text("attempt_id").orElse(""))))
        .orderBy("check_id", "slice", "segment")
        .select("status", "sentence")
        .collectAsList();
  }
}
