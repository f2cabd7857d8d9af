package io.leeway.store;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.lit;

import io.leeway.domain.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
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
      Instant start = part.window().start();
      first = start.isBefore(first) ? start : first;
      last = start.isAfter(last) ? start : last;
    }
    Object[] models =
        winners.stream().map(winner -> winner.run().run().model()).distinct().toArray();
    // Literals, so that Delta leaves the other models' and windows' files unread.
    Dataset<Row> within =
        rows.where(
            rows.col("model")
                .isin(models)
                .and(rows.col("window_start").between(lit(first), lit(last))));
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
