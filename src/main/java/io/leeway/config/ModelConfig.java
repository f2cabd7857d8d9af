package io.leeway.config;

import io.leeway.domain.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One monitored model.
 *
 * @param derivedColumns names to cut by, with their SQL expressions over the predictions
 * @param slices all of them: the overall slice, the declared ones, each fairness attribute, and the
 *     attributes' full cross; no set of columns twice
 * @param declaredSlices those that the file lists
 * @param business by name
 * @param policy the rules; where there are none, the task's default rules count
 * @param retrain how it is retrained and let out; empty where it is not
 * @param hash SHA-256 of all that differs from the defaults, whatever its layout, order of keys and
 *     place of the file
 * @param measureHash the same without what changes no measured number, such as what only judging
 *     and retraining look at, so that a changed limit of a rule makes no metric out of date
 */
public record ModelConfig(
    String name,
    Task task,
    PredictionsConfig predictions,
    Optional<LabelsConfig> labels,
    FeaturesConfig features,
    Map<String, String> derivedColumns,
    List<Slice> slices,
    Set<Slice> declaredSlices,
    WindowsConfig windows,
    ReferenceConfig reference,
    FairnessConfig fairness,
    Map<String, BusinessMetric> business,
    OperationsConfig operations,
    List<RuleConfig> policy,
    Optional<RetrainConfig> retrain,
    LimitsConfig limits,
    String hash,
    String measureHash) {
  private static final int LONGEST_NAME = 200;

  /** Keys that change no measured number: they say how it is come by, or what is made of it. */
  private static final Pattern NOT_MEASURED =
      Pattern.compile(
          "policy(?:$|\\[\\d+]\\.(?!metric$).*)|retrain(?:\\..*)?|restate-horizon|alert-horizon|source-deletes|state-memory");

  public ModelConfig {
    derivedColumns = Collections.unmodifiableMap(new LinkedHashMap<>(derivedColumns));
    slices = List.copyOf(slices);
    declaredSlices = Collections.unmodifiableSet(new LinkedHashSet<>(declaredSlices));
    business = Collections.unmodifiableMap(new LinkedHashMap<>(business));
    policy = List.copyOf(policy);
    if (slices.isEmpty() || !slices.get(0).isOverall() || !slices.containsAll(declaredSlices)) {
      throw new IllegalArgumentException("Slices " + slices + " of " + name + " are incomplete.");
    }
  }

  static ModelConfig read(String name, Block block, Settings settings) {
    checkName(name, block);
    if (block.find("task").isEmpty()) {
      block.missing("task", "write one of " + String.join(", ", Task.texts()));
    }
    Task task = block.optional("task", Task::parse).orElse(Task.BINARY);
    PredictionsConfig predictions = PredictionsConfig.read(block.blockOrEmpty("predictions"), task);
    Optional<LabelsConfig> labels =
        block
            .block("labels")
            .map(
                within ->
                    LabelsConfig.read(
                        within,
                        task,
                        predictions.id().orElse(Block.MISSING),
                        predictions.positive()));
    Map<String, String> roles = roles(predictions, labels);
    boolean telemetry = task == Task.TELEMETRY;
    FeaturesConfig features =
        FeaturesConfig.read(block, roles, telemetry ? FeaturesConfig.NONE : FeaturesConfig.AUTO);
    Map<String, String> derived = block.textMap("slice-columns");
    for (String column : derived.keySet()) {
      if (roles.containsKey(column)) {
        block.wrong(
            "slice-columns", "'" + column + "' is " + roles.get(column) + "; choose another name");
      }
    }
    Set<Slice> declared = declaredSlices(block, predictions);
    FairnessConfig fairness =
        block
            .block("fairness")
            .map(within -> FairnessConfig.read(within, predictions.classScores().keySet()))
            .orElse(FairnessConfig.NONE);
    WindowsConfig windows = WindowsConfig.read(block.blockOrEmpty("windows"));
    ReferenceConfig reference =
        ReferenceConfig.read(block.blockOrEmpty("reference"), windows.zone());
    Map<String, BusinessMetric> business =
        block.block("business").map(BusinessMetric::readAll).orElse(Map.of());
    OperationsConfig operations =
        block.block("operations").map(OperationsConfig::read).orElse(OperationsConfig.NONE);
    if (telemetry) {
      checkTelemetry(block, operations);
    }
    List<Slice> slices = allSlices(declared, fairness);
    List<RuleConfig> policy = new ArrayList<>();
    for (Value rule : block.elements("policy")) {
      rule.block()
          .ifPresent(
              within ->
                  policy.add(RuleConfig.read(within, slices, windows.publish(), windows.zone())));
    }
    Optional<RetrainConfig> retrain =
        telemetry
            ? Optional.empty()
            : block.block("retrain").map(within -> RetrainConfig.read(within, task));
    LimitsConfig limits = LimitsConfig.read(block);
    block.refuseUnknownKeys();
    return new ModelConfig(
        name,
        task,
        predictions,
        labels,
        features,
        derived,
        slices,
        declared,
        windows,
        reference,
        fairness,
        business,
        operations,
        policy,
        retrain,
        limits,
        settings.hash(key -> true),
        settings.hash(key -> !NOT_MEASURED.matcher(key).matches()));
  }

  /** The SQL of the configuration by the keys that it stands under. */
  public Map<String, String> expressions() {
    Map<String, String> expressions = new LinkedHashMap<>();
    predictions.where().ifPresent(sql -> expressions.put("predictions.where", sql));
    reference.where().ifPresent(sql -> expressions.put("reference.where", sql));
    derivedColumns.forEach((name, sql) -> expressions.put("slice-columns." + name, sql));
    operations.failed().ifPresent(sql -> expressions.put("operations.failed", sql));
    business.forEach((name, of) -> expressions.putAll(of.expressions("business." + name)));
    return expressions;
  }

  private static void checkTelemetry(Block block, OperationsConfig operations) {
    if (!operations.isWatched()) {
      block.wrong("operations", "names nothing to watch; write for example gauges = [cpu, memory]");
    }
    for (String key : List.of("labels", "fairness", "retrain")) {
      if (block.find(key).isPresent()) {
        block.wrong(key, "telemetry has no predictions; remove it, or choose another task");
      }
    }
  }

  private static void checkName(String name, Block block) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      block.wrong(
          "a model's name has 1 to "
              + LONGEST_NAME
              + " characters, but this one has "
              + name.length()
              + "; rename it");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      block.wrong("the model's name holds a control character; rename it");
    }
  }

  /** Columns that are neither features nor free names, with what they are. */
  private static Map<String, String> roles(
      PredictionsConfig predictions, Optional<LabelsConfig> labels) {
    Map<String, String> roles = new LinkedHashMap<>();
    predictions.outputColumns().forEach(column -> roles.put(column, "what the model returned"));
    predictions.version().ifPresent(column -> roles.put(column, "the model's version"));
    labels.ifPresent(
        it -> {
          it.predictionTime().ifPresent(column -> roles.put(column, "the time of a prediction"));
          it.time().ifPresent(column -> roles.put(column, "the time of a label"));
          roles.put(it.label(), "the label");
          roles.put(it.id(), "the identifier of a label");
        });
    roles.put(predictions.time(), "the time of a prediction");
    predictions.id().ifPresent(id -> roles.put(id, "the identifier of a prediction"));
    return roles;
  }

  private static Set<Slice> declaredSlices(Block block, PredictionsConfig predictions) {
    Set<Slice> declared = new LinkedHashSet<>();
    Set<Set<String>> seen = new HashSet<>();
    for (Value element : block.elements("slices")) {
      if (!element.isList()) {
        element.wrong("is not a slice; a slice is a list of columns, such as [state]");
        continue;
      }
      List<String> columns = element.texts();
      Set<String> distinct = new LinkedHashSet<>(columns);
      if (distinct.size() < columns.size()) {
        element.wrong("slice " + columns + " names a column twice; remove one");
      } else if (!seen.add(distinct)) {
        element.wrong(
            "slice " + columns + " is listed twice, the order of columns apart; remove one");
      } else if (predictions.id().filter(distinct::contains).isPresent()
          || distinct.contains(predictions.time())) {
        element.wrong(
            "slice "
                + columns
                + " cuts by the identifier or the time of predictions; remove that column");
      } else {
        declared.add(new Slice(columns));
      }
    }
    block.recordSet("slices", declared.stream().map(Slice::columns).toList());
    return declared;
  }

  private static List<Slice> allSlices(Collection<Slice> declared, FairnessConfig fairness) {
    Map<Set<String>, Slice> slices = new LinkedHashMap<>();
    List<Slice> wanted = new ArrayList<>(List.of(Slice.OVERALL));
    wanted.addAll(declared);
    for (String attribute : fairness.attributes()) {
      wanted.add(Slice.of(attribute));
      fairness.strata().stream()
          .filter(stratum -> !stratum.equals(attribute))
          .forEach(stratum -> wanted.add(Slice.of(stratum, attribute)));
    }
    wanted.add(new Slice(fairness.attributes()));
    wanted.forEach(slice -> slices.putIfAbsent(new HashSet<>(slice.columns()), slice));
    return List.copyOf(slices.values());
  }
}
