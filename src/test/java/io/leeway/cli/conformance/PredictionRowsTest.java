package io.leeway.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.cli.conformance.DistinctValues.Group;
import io.leeway.domain.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four rows, one of them of the reference; three have a label, two another model's answer. */
class PredictionRowsTest {
  private static final Window MARCH =
      new Window(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
  private static final String HEADER =
      "prediction_id,ts,period,model_version,amount,\"rate, in p.a.\",grade,constant,plan,"
          + "grade_text,state,score,prediction\n";

  @TempDir private Path directory;
  private FolderSchema schema;
  private Path file;
  private LabelTable labels;

  @BeforeEach
  void written() throws IOException {
    schema = FolderSchema.read(TinyFolder.in(directory).path());
    file = directory.resolve("rows.csv");
    Files.writeString(
        file,
        HEADER
            + "r,2026-02-01T00:00:00Z,reference,v1,1,1,1,7,a,1,VIC,0.1,0\n"
            + "a,2026-03-02T00:00:00Z,analysis,v1,1,1,1,7,a,1,VIC,0.25,0\n"
            + "b,2026-03-03T00:00:00Z,analysis,v1,1,1,1,7,a,1,,0.5,1\n"
            + "c,2026-03-04T00:00:00Z,analysis,v1,1,1,1,7,a,1,,0.75,1\n");
    labels = new LabelTable(directory, Map.of("r", "1", "a", "0", "b", "1"));
  }

  private List<Row> read(Optional<ChallengerAnswers> challenger, DistinctValues[] outcomes) {
    try (CsvFile csv = CsvFile.open(file)) {
      PredictionRows rows =
          new PredictionRows(
              csv, schema, new TableColumns(csv.header(), schema), labels, challenger);
      List<Row> read = new ArrayList<>();
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        read.add(row.get());
      }
      outcomes[0] = rows.outcomes();
      assertThat(rows.count()).isEqualTo(read.size());
      return read;
    }
  }

  @Test
  void answersOfAChallengerReplaceTheFilesOnItsOwnRows() throws IOException {
    Path answers = directory.resolve("challenger.csv");
    Files.writeString(
        answers,
        "prediction_id,model_version,score,prediction\nr,v2,0.9,1\nb,v2,0.125,0\nc,v2,,0\n");

    List<Row> rows = read(Optional.of(ChallengerAnswers.read(answers)), new DistinctValues[1]);

    // Identifier, version and decision; the score stands before it.
    assertThat(rows.stream().map(row -> List.of(row.get(0), row.get(3), row.get(13))).toList())
        .containsExactly(List.of("b", "v2", "0"), List.of("c", "v2", "0"));
    assertThat(rows.get(0).get(12)).isEqualTo(0.125);
    assertThat(rows.get(1).get(12)).isNull();
  }

  @Test
  void scoresAreCountedOfRowsWithALabelAlone() {
    DistinctValues[] outcomes = new DistinctValues[1];

    assertThat(read(Optional.empty(), outcomes)).hasSize(4);

    Group march = new Group(MARCH, "", "");
    assertThat(outcomes[0].count(march, "score")).isEqualTo(2);
    assertThat(outcomes[0].count(new Group(MARCH, "state", "VIC"), "score")).isEqualTo(1);
    assertThat(outcomes[0].count(new Group(MARCH, "state", "__null__"), "score")).isEqualTo(1);
  }
}
