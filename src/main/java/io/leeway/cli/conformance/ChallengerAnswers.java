package io.leeway.cli.conformance;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What another model answered on some of the folder's rows: columns by prediction. */
final class ChallengerAnswers {
  private final Map<String, Integer> columns;
  private final Map<String, String[]> byId;

  private ChallengerAnswers(Map<String, Integer> columns, Map<String, String[]> byId) {
    this.columns = columns;
    this.byId = byId;
  }

  /**
   * Reads a file of answers.
   *
   * @throws io.leeway.domain.UserException if it is not there or not what it should be
   */
  static ChallengerAnswers read(Path file) {
    try (CsvFile csv = CsvFile.open(file)) {
      int id = csv.column(PredictionTable.ID);
      Map<String, Integer> columns = new HashMap<>();
      for (String column : csv.header()) {
        columns.put(column, csv.column(column));
      }
      Map<String, String[]> byId = new HashMap<>();
      while (csv.next()) {
        String[] answer = new String[columns.size()];
        for (int i = 0; i < answer.length; i++) {
          answer[i] = csv.field(i);
        }
        if (byId.put(csv.required(id), answer) != null) {
          throw csv.problem("there is a second answer to '" + csv.field(id) + "'.");
        }
      }
      return new ChallengerAnswers(columns, byId);
    }
  }

  /** Whether the model answered. */
  boolean has(String predictionId) {
    return byId.containsKey(predictionId);
  }

  /** Where the column stands among the answers; empty if it is not among them. */
  Optional<Integer> place(String column) {
    return Optional.ofNullable(columns.get(column));
  }

  /** An answer at its place; {@code null} where it is missing. */
  String answer(String predictionId, int place) {
    return byId.get(predictionId)[place];
  }
}
