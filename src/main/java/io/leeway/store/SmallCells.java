package io.leeway.store;

import static java.util.stream.Collectors.joining;

import io.leeway.stats.inference.Floor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the views leave out because it would tell of few rows, as SQL around the tables' rows. One
 * rule: a metric, a value, a category or the end of a bin is shown only if {@code min-cell} rows or
 * more are behind it. All rows of a window are a cell like any other: the mean of an hour with one
 * row is that row's own value. Nothing is hidden of no rows at all, for these are a finding.
 *
 * <ul>
 *   <li>A metric rests on its {@code n} rows (and {@code n_labelled} of them), a comparison on its
 *       {@code reference_n}, too. Hidden ones stay as rows with status {@code SUPPRESSED}, a
 *       reason, and NULL in place of all numbers that tell of those rows, {@code n} included. Where
 *       only the reference that stands beside a statistic is small, the reference's numbers alone
 *       are NULL.
 *   <li>Of a profile of few rows all numbers are NULL; {@code n_rows} is NULL there and nowhere
 *       else. Of a column with few values in a cell of more rows those are NULL that tell of the
 *       values. So what adds up over the cells that show still belongs together.
 *   <li>Values, categories and ends of bins go by the rows that hold them. Sums per bin show where
 *       no bin holds fewer, since a single row's sum is its value.
 * </ul>
 *
 * <p>What stays: which segments there are, counts within a cell that is large enough, and its least
 * and greatest value, which are metrics of their own. This is no protection against arithmetic:
 * whoever takes the segments that show from the whole, or the days that show from a week, is left
 * with the hidden ones. Whoever may read the tables reads everything.
 */
final class SmallCells {
  private static final Set<String> OF_METRIC =
      Set.of(
          "value",
          "ci_low",
          "ci_high",
          "std_error",
          "error_bound",
          "n",
          "n_labelled",
          "numerator",
          "denominator",
          "expected",
          "dof");
  private static final Set<String> OF_REFERENCE =
      Set.of("reference_value", "reference_n", "reference_numerator", "reference_denominator");
  private static final Set<String> OF_ROWS =
      Set.of("n_rows", "n_null", "n_nan", "n_pos_inf", "n_neg_inf");
  private static final List<String> OF_VALUES =
      List.of(
          "n",
          "minimum",
          "maximum",
          "total",
          "squares",
          "n_overflow",
          "`values`",
          "categories",
          "n_other",
          "other_distinct");

  private final int least;

  /**
   * @param least rows from which on a cell is shown; 1 shows everything
   */
  SmallCells(int least) {
    this.least = least;
  }

  /** Rows from which on a cell is shown. */
  int least() {
    return least;
  }

  /**
   * Rows of {@code metrics} as they may be seen.
   *
   * @param rows a query that gives that table's columns and those of {@code more}
   */
  String metrics(String rows, String... more) {
    Map<String, String> masks = new TreeMap<>();
    OF_METRIC.forEach(column -> masks.put(column, "if(few, NULL, " + column + ")"));
    OF_REFERENCE.forEach(column -> masks.put(column, "if(few_reference, NULL, " + column + ")"));
    masks.put("status", "if(few, 'SUPPRESSED', status)");
    masks.put("reason", reason());
    return """
        SELECT COLUMNS
        FROM (
          SELECT *, few_window OR (few_reference AND comparison <> 'none') AS few
          FROM (
            SELECT *,
              coalesce(FEW_N OR FEW_LABELLED, false) AS few_window,
              coalesce(FEW_REFERENCE, false) AS few_reference
            FROM (ROWS)))"""
        .replace("COLUMNS", columns(ResultTable.METRICS, masks, more))
        .replace("FEW_N", few("n"))
        .replace("FEW_LABELLED", few("n_labelled"))
        .replace("FEW_REFERENCE", few("reference_n"))
        .replace("ROWS", rows);
  }

  /** Why a metric is not shown; else its own reason, unless that may name a rare category. */
  private String reason() {
    String hidden =
        """
        CASE WHEN few_window THEN 'It rests on fewer than LEAST rows, so it is not shown (min-cell).'
            WHEN few THEN 'It is held against fewer than LEAST rows, so it is not shown (min-cell).'
        """;
    // The reason names the most frequent of the new or missing categories. How many rows hold it
    // is not stored; it is the mean over all of them at least, where their rows are known, and as
    // many as the writer asks for.
    String unnamed =
        least <= Floor.SEGMENT.least()
            ? ""
            : """
                WHEN metric = 'categories_new' AND coalesce(numerator < LEAST * value, true) THEN
                  'New categories that fewer than LEAST rows may hold are not named (min-cell).'
                WHEN metric = 'categories_missing'
                    AND coalesce(reference_numerator < LEAST * value, true) THEN
                  'Missing categories that fewer than LEAST rows may hold are not named (min-cell).'
            """;
    return (hidden + unnamed).replace("LEAST", Integer.toString(least)) + "    ELSE reason END";
  }

  /**
   * Rows of {@code profiles} as they may be seen, {@code n_unnamed} at their end: rows with values
   * and categories that are counted but not named.
   */
  String profiles(String rows) {
    return """
        SELECT * EXCEPT (`values`, categories),
          filter(`values`, v -> v.n >= LEAST) AS `values`,
          filter(categories, c -> c.n >= LEAST) AS categories,
          aggregate(filter(`values`, v -> v.n < LEAST), 0L, (s, v) -> s + v.n)
            + aggregate(filter(categories, c -> c.n < LEAST), 0L, (s, c) -> s + c.n) AS n_unnamed
        FROM (CELLS)"""
        .replace("LEAST", Integer.toString(least))
        .replace("CELLS", cells(rows));
  }

  /**
   * Rows of {@code profiles} whose cells are large enough, but with every value and category, for
   * those who place them in bins: they must not show those of few rows.
   */
  String cells(String rows) {
    Map<String, String> masks = new TreeMap<>();
    OF_ROWS.forEach(column -> masks.put(column, "if(few_rows, NULL, " + column + ")"));
    OF_VALUES.forEach(column -> masks.put(column, "if(few_values, NULL, " + column + ")"));
    masks.put("bins", "if(few_values, NULL, " + bins() + ")");
    masks.put("sums", "if(few_values OR exists(bins, b -> " + few("b.n") + "), NULL, sums)");
    return """
        SELECT COLUMNS
        FROM (
          SELECT *,
            coalesce(FEW_ROWS, false) AS few_rows,
            coalesce(FEW_ROWS OR FEW_VALUES, false) AS few_values
          FROM (ROWS))"""
        .replace("COLUMNS", columns(ResultTable.PROFILES, masks))
        .replace("FEW_ROWS", few("n_rows"))
        .replace("FEW_VALUES", few("n"))
        .replace("ROWS", rows);
  }

  private String bins() {
    return """
        transform(bins, b -> named_struct('bin', b.bin, 'n', b.n, 'decided', b.decided,
            'low', if(FEW, NULL, b.low), 'high', if(FEW, NULL, b.high)))"""
        .replace("FEW", few("b.n"));
  }

  private String few(String count) {
    return "(" + count + " > 0 AND " + count + " < " + least + ")";
  }

  private static String columns(ResultTable table, Map<String, String> masks, String... more) {
    String shown =
        Arrays.stream(table.schema().fieldNames())
            .map(SmallCells::quotedIfReserved)
            .map(column -> masks.containsKey(column) ? masks.get(column) + " AS " + column : column)
            .collect(joining(",\n  "));
    return more.length == 0 ? shown : shown + ",\n  " + String.join(", ", more);
  }

  private static String quotedIfReserved(String column) {
    return column.equals("values") ? "`values`" : column;
  }
}
