package io.leeway.cli.conformance;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import io.leeway.config.Task;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file {@code schema.json} of a folder: task, roles of the columns, windows.
 *
 * @param scores score columns in the order of {@code classes}; the prediction in a regression
 * @param decision column of the predicted label; empty in a regression
 * @param classes multiclass: the classes in their order; otherwise empty
 * @param positive binary: the class that counts as positive
 * @param referencePeriod word of the column {@code period} that marks the reference's rows
 * @param windows those of the analysis rows
 * @param segmentDriftColumns segment columns whose groups' drift is listed
 * @param segmentDriftFeatures columns whose drift within those groups is listed
 * @param fairness whose groups are compared
 * @param asOf the times up to which performance is asked for, too
 * @param challengerFile what another model answered, if one did
 */
record FolderSchema(
    String dataset,
    Task task,
    List<String> numericFeatures,
    List<String> categoricalFeatures,
    List<String> segmentColumns,
    List<String> scores,
    Optional<String> decision,
    List<String> classes,
    Optional<String> positive,
    String referencePeriod,
    Window reference,
    List<Window> windows,
    List<String> segmentDriftColumns,
    List<String> segmentDriftFeatures,
    Fairness fairness,
    AsOf asOf,
    Optional<String> challengerFile) {
  /** The word of the column {@code period} that marks all other rows. */
  static final String ANALYSIS = "analysis";

  /**
   * Columns whose groups are compared.
   *
   * @param positive multiclass: the favourable class
   */
  record Fairness(List<String> columns, Optional<String> positive) {
    private static final Fairness NONE = new Fairness(List.of(), Optional.empty());

    Fairness {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Times up to which performance is asked for.
   *
   * @param segmentColumns those by whose groups
   */
  record AsOf(List<Instant> times, List<String> segmentColumns) {
    private static final AsOf NONE = new AsOf(List.of(), List.of());

    AsOf {
      times = List.copyOf(times);
      segmentColumns = List.copyOf(segmentColumns);
    }
  }

  FolderSchema {
    numericFeatures = List.copyOf(numericFeatures);
    categoricalFeatures = List.copyOf(categoricalFeatures);
    segmentColumns = List.copyOf(segmentColumns);
    scores = List.copyOf(scores);
    classes = List.copyOf(classes);
    windows = List.copyOf(windows);
    segmentDriftColumns = List.copyOf(segmentDriftColumns);
    segmentDriftFeatures = List.copyOf(segmentDriftFeatures);
  }

  /**
   * Reads a folder's schema.
   *
   * @throws UserException if it is not there, or not what it should be
   */
  static FolderSchema read(Path folder) {
    Path file = folder.resolve("schema.json");
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file + ": there is no such file; name a folder with schema.json and predictions.csv.gz.");
    }
    try {
      ConfigParseOptions json =
          ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setAllowMissing(false);
      return read(ConfigFactory.parseFile(file.toFile(), json));
    } catch (ConfigException | IllegalArgumentException | DateTimeException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    }
  }

  private static FolderSchema read(Config json) {
    Task task = Task.valueOf(json.getString("task").toUpperCase(Locale.ROOT));
    String prediction = json.getString("prediction_column");
    boolean regression = task == Task.REGRESSION;
    List<String> scores = regression ? List.of(prediction) : json.getStringList("score_columns");
    List<String> classes = task == Task.MULTICLASS ? json.getStringList("classes") : List.of();
    if (scores.size() != Math.max(1, classes.size())) {
      throw new IllegalArgumentException(
          "score_columns: there are "
              + scores.size()
              + " score columns, but "
              + Math.max(1, classes.size())
              + " are needed: one, or one a class.");
    }
    List<Window> windows = new ArrayList<>();
    json.getList("windows").forEach(window -> windows.add(window(window)));
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("windows: there are none.");
    }
    return new FolderSchema(
        json.getString("dataset"),
        task,
        json.getStringList("numeric_features"),
        json.getStringList("categorical_features"),
        json.getStringList("segment_columns"),
        scores,
        regression ? Optional.empty() : Optional.of(prediction),
        classes,
        task == Task.BINARY ? Optional.of(json.getString("positive_class")) : Optional.empty(),
        json.getString("reference.period"),
        window(json.getValue("reference.window")),
        windows,
        listOrNone(json, "segment_drift_columns"),
        listOrNone(json, "segment_drift_features"),
        new Fairness(
            listOrNone(json, "fairness_columns"),
            task == Task.MULTICLASS ? textOrNone(json, "fairness_positive") : Optional.empty()),
        new AsOf(
            listOrNone(json, "as_of").stream().map(Instant::parse).toList(),
            listOrNone(json, "as_of_segment_columns")),
        textOrNone(json, "challenger_file"));
  }

  private static Optional<String> textOrNone(Config json, String key) {
    return json.hasPath(key) ? Optional.of(json.getString(key)) : Optional.empty();
  }

  private static List<String> listOrNone(Config json, String key) {
    return json.hasPath(key) ? json.getStringList(key) : List.of();
  }

  private static Window window(ConfigValue value) {
    if (value.unwrapped() instanceof List<?> bounds && bounds.size() == 2) {
      return new Window(
          Instant.parse(bounds.get(0).toString()), Instant.parse(bounds.get(1).toString()));
    }
    throw new IllegalArgumentException(
        "line " + value.origin().lineNumber() + ": a window is a list of two times.");
  }

  /**
   * The same folder without all that performance does not need.
   *
   * @param segments the columns whose groups are looked at
   */
  FolderSchema performanceOnly(List<String> segments) {
    return new FolderSchema(
        dataset,
        task,
        List.of(),
        List.of(),
        segments,
        scores,
        decision,
        classes,
        positive,
        referencePeriod,
        reference,
        windows,
        List.of(),
        List.of(),
        Fairness.NONE,
        AsOf.NONE,
        Optional.empty());
  }

  /** Whether the label is a number, or else a class. */
  boolean hasNumericLabel() {
    return task == Task.REGRESSION;
  }

  /** Columns that are compared as numbers. */
  List<String> numericColumns() {
    return Stream.concat(numericFeatures.stream(), scores.stream()).distinct().toList();
  }

  /** Columns that are compared as categories. */
  List<String> categoricalColumns() {
    return Stream.concat(categoricalFeatures.stream(), decision.stream()).distinct().toList();
  }

  /** The end of the last window. */
  Instant lastEnd() {
    return windows.stream().map(Window::end).max(Instant::compareTo).orElseThrow();
  }
}
