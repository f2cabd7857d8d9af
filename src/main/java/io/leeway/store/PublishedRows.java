package io.leeway.store;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.lit;

import io.leeway.domain.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The rows that winners wrote, picked out of all attempts' rows. */
final class PublishedRows {
  private static final StructType WON =
      StructType.fromDDL(
          "model STRING, model_version STRING, granularity STRING, window_start TIMESTAMP, "
              + "window_end TIMESTAMP, part STRING, attempt_id STRING");

  private PublishedRows() {}

  static Dataset<Row> of(Dataset<Row> rows, Collection<PublishedParts.Winner> winners) {
    if (winners.isEmpty()) {
      return rows.where(lit(false));
    }
    List<Row> won = new ArrayList<>();
    Set<Instant> starts = new TreeSet<>();
    for (PublishedParts.Winner winner : winners) {
      Part part = winner.part().part();
      RunRecord run = winner.run().run();
      won.add(
          RowFactory.create(
              run.model(),
              part.modelVersion(),
              part.granularity(),
              Cells.timestamp(part.window().start()),
              Cells.timestamp(part.window().end()),
              part.kind().text(),
              run.attemptId()));
      starts.add(part.window().start());
    }
    Object[] models =
        winners.stream().map(winner -> winner.run().run().model()).distinct().toArray();
    // Literals, so that Delta leaves the other models' and windows' files unread. A set of times,
    // unlike a range, is no part of the code that Spark makes of it: whoever reads one stretch
    // after the other has it compiled once.
    Dataset<Row> within =
        rows.where(
            rows.col("model").isin(models).and(rows.col("window_start").isInCollection(starts)));
    Dataset<Row> keys = rows.sparkSession().createDataFrame(won, WON);
    Column same = lit(true);
    for (String column : WON.fieldNames()) {
      Column isLike = within.col(column).eqNullSafe(keys.col(column));
      // Verdicts on all versions are one part, which bears none.
      same =
          same.and(
              column.equals("model_version")
                  ? isLike.or(keys.col("part").equalTo(Part.Kind.VERDICTS.text()))
                  : isLike);
    }
    return within.join(broadcast(keys), same, "leftsemi");
  }
}
