package io.leeway.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** How the rows of an answer are printed. Values other than numbers are written as Spark does. */
enum ResultFormat {
  /** For eyes: aligned, cut, with a limit. */
  TABLE {
    @Override
    void print(Dataset<Row> answer, Optional<Integer> limit, int width, PrintWriter out) {
      int most = limit.orElse(ROWS);
      Dataset<Row> texts = positional(answer).select(texts(answer));
      List<Row> rows = texts.limit(most + 1).collectAsList();
      long all = rows.size() <= most ? rows.size() : texts.count();
      PlainTable.print(
          Arrays.asList(answer.columns()),
          numeric(answer),
          rows.stream().limit(most).map(ResultFormat::cells).toList(),
          all,
          width,
          out);
    }
  },

  /** As in RFC 4180, with a header; a missing value is empty, an empty text is {@code ""}. */
  CSV {
    @Override
    void print(Dataset<Row> answer, Optional<Integer> limit, int width, PrintWriter out) {
      out.print(csvLine(answer.columns()));
      Iterator<Row> rows = limited(positional(answer).select(texts(answer)), limit);
      rows.forEachRemaining(row -> out.print(csvLine(cells(row))));
    }
  },

  /** An object a line; missing values are {@code null}. */
  JSON {
    @Override
    void print(Dataset<Row> answer, Optional<Integer> limit, int width, PrintWriter out) {
      String[] names = answer.columns();
      Column[] columns =
          IntStream.range(0, names.length)
              .mapToObj(i -> col(position(i)).as(names[i]))
              .toArray(Column[]::new);
      Column object = to_json(struct(columns), Map.of("ignoreNullFields", "false"));
      Iterator<Row> rows = limited(positional(answer).select(object), limit);
      rows.forEachRemaining(row -> out.println(row.getString(0)));
    }
  };

  private static final int ROWS = 50;

  abstract void print(Dataset<Row> answer, Optional<Integer> limit, int width, PrintWriter out);

  /** Two columns of an answer may have one name, so they go by position. */
  private static Dataset<Row> positional(Dataset<Row> answer) {
    return answer.toDF(
        IntStream.range(0, answer.columns().length)
            .mapToObj(ResultFormat::position)
            .toArray(String[]::new));
  }

  private static String position(int i) {
    return "c" + i;
  }

  private static Column[] texts(Dataset<Row> answer) {
    return IntStream.range(0, answer.columns().length)
        .mapToObj(i -> col(position(i)).cast("string"))
        .toArray(Column[]::new);
  }

  private static List<Boolean> numeric(Dataset<Row> answer) {
    return Arrays.stream(answer.schema().fields())
        .map(StructField::dataType)
        .map((DataType type) -> type instanceof NumericType)
        .toList();
  }

  private static Iterator<Row> limited(Dataset<Row> rows, Optional<Integer> limit) {
    return limit.map(rows::limit).orElse(rows).toLocalIterator();
  }

  private static String[] cells(Row row) {
    return IntStream.range(0, row.size()).mapToObj(row::getString).toArray(String[]::new);
  }

  private static String csvLine(String[] values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : ",").append(csvValue(values[i]));
    }
    return line.append("\r\n").toString();
  }

  private static String csvValue(String value) {
    if (value == null) {
      return "";
    }
    boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
    return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
  }
}
