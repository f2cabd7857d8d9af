package io.leeway.cli.conformance;

import io.leeway.cli.conformance.DistinctValues.Group;
import io.leeway.cli.conformance.TableColumns.TableColumn;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of the predictions one after the other, checked and counted. */
final class PredictionRows {
  private final CsvFile csv;
  private final FolderSchema schema;
  private final LabelTable labels;
  private final Optional<ChallengerAnswers> challenger;
  private final List<TableColumn> columns;

  /** Places in the file, in the order of {@code columns}. */
  private final int[] fields;

  /** Places among the challenger's answers, or -1, in the order of the file. */
  private final int[] answers;

  private final int[] segments;
  private final int[] scores;
  private final int id;
  private final int time;
  private final int period;
  private final int version;
  private final Set<String> versions = new HashSet<>();
  private final Set<Window> filled = new HashSet<>();
  private final DistinctValues distinct = new DistinctValues(ExactnessCheck.FEW);
  private final DistinctValues outcomes = new DistinctValues(ExactnessCheck.FEW_OUTCOMES);
  private long count;

  /**
   * Of an open file.
   *
   * @param challenger whose answers replace those of the file; rows that it did not answer, and
   *     those of the reference, are passed over
   * @throws UserException if the file lacks a column that the schema names
   */
  PredictionRows(
      CsvFile csv,
      FolderSchema schema,
      TableColumns columns,
      LabelTable labels,
      Optional<ChallengerAnswers> challenger) {
    this.csv = csv;
    this.schema = schema;
    this.labels = labels;
    this.challenger = challenger;
    this.columns = columns.all();
    this.fields = this.columns.stream().mapToInt(it -> csv.column(it.source())).toArray();
    this.answers =
        csv.header().stream()
            .mapToInt(column -> challenger.flatMap(it -> it.place(column)).orElse(-1))
            .toArray();
    this.segments = schema.segmentColumns().stream().mapToInt(csv::column).toArray();
    this.scores = schema.scores().stream().mapToInt(csv::column).toArray();
    this.id = csv.column(PredictionTable.ID);
    this.time = csv.column(PredictionTable.TIME);
    this.period = csv.column(PredictionTable.PERIOD);
    this.version = csv.column(PredictionTable.VERSION);
    schema.numericColumns().forEach(csv::column);
    schema.categoricalColumns().forEach(csv::column);
  }

  /** How many rows there were so far. */
  long count() {
    return count;
  }

  Set<String> versions() {
    return versions;
  }

  Set<Window> filled() {
    return filled;
  }

  DistinctValues distinct() {
    return distinct;
  }

  DistinctValues outcomes() {
    return outcomes;
  }

  /** The next row as the table has it; empty at the end. */
  Optional<Row> next() {
    while (csv.next()) {
      if (challenger.isEmpty() || isAnswered(challenger.get())) {
        return Optional.of(row());
      }
    }
    return Optional.empty();
  }

  private boolean isAnswered(ChallengerAnswers by) {
    return !csv.required(period).equals(schema.referencePeriod()) && by.has(csv.required(id));
  }

  private String field(int column) {
    return answers[column] < 0
        ? csv.field(column)
        : challenger.orElseThrow().answer(csv.required(id), answers[column]);
  }

  private Row row() {
    count++;
    String name = field(version);
    if (name == null) {
      throw csv.problem("'" + PredictionTable.VERSION + "' is missing.");
    }
    versions.add(name);
    Instant at = csv.time(time);
    List<Group> groups = groups(at);
    Object[] cells = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      String text = field(fields[i]);
      if (fields[i] == time) {
        cells[i] = Timestamp.from(at);
      } else if (columns.get(i).numeric() && text != null) {
        double number = csv.number(fields[i], text);
        distinct.add(groups, columns.get(i).source(), number);
        cells[i] = number;
      } else {
        cells[i] = text;
      }
    }
    labels.of(csv.required(id)).ifPresent(label -> addOutcome(groups, label));
    return RowFactory.create(cells);
  }

  private void addOutcome(List<Group> groups, String label) {
    for (int score : scores) {
      String text = field(score);
      if (text != null && schema.hasNumericLabel()) {
        double error = csv.number(score, text) - Double.parseDouble(label);
        outcomes.add(groups, PredictionTable.ABSOLUTE_ERROR, Math.abs(error));
      } else if (text != null) {
        outcomes.add(groups, csv.header().get(score), csv.number(score, text));
      }
    }
    if (schema.hasNumericLabel()) {
      distinct.add(groups, LabelTable.LABEL, Double.parseDouble(label));
    }
  }

  private List<Group> groups(Instant at) {
    List<Window> windows = windows(at);
    filled.addAll(windows);
    List<Group> groups = new ArrayList<>();
    for (Window window : windows) {
      groups.add(new Group(window, "", ""));
      for (int i = 0; i < segments.length; i++) {
        String value = csv.field(segments[i]);
        groups.add(
            new Group(
                window,
                schema.segmentColumns().get(i),
                value == null ? PredictionTable.MISSING_SEGMENT : value));
      }
    }
    return groups;
  }

  private List<Window> windows(Instant at) {
    String word = csv.required(period);
    if (word.equals(FolderSchema.ANALYSIS)) {
      return schema.windows().stream().filter(window -> window.contains(at)).toList();
    }
    if (!word.equals(schema.referencePeriod())) {
      throw csv.problem(
          "period '"
              + word
              + "' is neither '"
              + schema.referencePeriod()
              + "' nor '"
              + FolderSchema.ANALYSIS
              + "'.");
    }
    if (!schema.reference().contains(at)) {
      throw csv.problem(
          "the row of period '"
              + word
              + "' is of "
              + at
              + ", outside the reference window "
              + schema.reference()
              + " of schema.json.");
    }
    return List.of(schema.reference());
  }
}
